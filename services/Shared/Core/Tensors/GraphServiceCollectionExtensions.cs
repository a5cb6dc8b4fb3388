using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Sensorium.Core.Tensors;

public static class GraphServiceCollectionExtensions
{
    /// <summary>Registers the <see cref="GraphHub"/>, empty, under its interface.</summary>
    public static IServiceCollection AddGraphHub(this IServiceCollection services)
    {
        services.AddOptions<GraphOptions>().BindConfiguration(GraphOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<GraphOptions>, GraphOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GraphHub>();
        services.AddSingleton<IGraphInference>(provider => provider.GetRequiredService<GraphHub>());
        return services;
    }
}
