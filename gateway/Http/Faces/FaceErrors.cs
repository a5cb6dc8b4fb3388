using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http.Faces;

internal static class FaceErrors
{
    /// <summary>Clients of a face read its shape of failures also where it has no endpoint.</summary>
    /// <param name="services">Of the host.</param>
    /// <param name="paths">At and below them; of those of several faces the longest counts.</param>
    public static IServiceCollection AddErrorShape<TShape>(this IServiceCollection services, params ReadOnlySpan<string> paths)
        where TShape : IErrorShape, new()
    {
        foreach (var path in paths)
        {
            services.AddSingleton(new PathErrorShape(path, new TShape()));
        }

        return services;
    }
}
