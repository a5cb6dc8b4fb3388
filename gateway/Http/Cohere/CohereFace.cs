using Sensorium.Hosting.Hosts;

namespace Sensorium.Gateway.Http.Cohere;

/// <summary>Reranking in the shape of Cohere's API, in both of its versions.</summary>
internal static class CohereFace
{
    public static IServiceCollection AddCohereFace(this IServiceCollection services) => services.AddSingleton<RerankEndpoint>();

    public static void MapCohereFace(this WebApplication app)
    {
        foreach (var prefix in (string[])["/v1", "/v2"])
        {
            var group = app.MapSensoriumHttp().MapGroup(prefix).WithMetadata(new CohereErrorShape());
            group.MapPost("/rerank", (HttpContext context, RerankEndpoint rerank) => rerank.HandleAsync(context));
        }
    }
}
