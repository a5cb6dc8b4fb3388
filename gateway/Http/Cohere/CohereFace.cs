using Sensorium.Gateway.Http.Faces;
using Sensorium.Hosting.Hosts;

namespace Sensorium.Gateway.Http.Cohere;

/// <summary>Reranking, in both of its versions, and embedding in the shapes of Cohere's API.</summary>
internal static class CohereFace
{
    public static IServiceCollection AddCohereFace(this IServiceCollection services) => services
        .AddErrorShape<CohereErrorShape>("/v1/rerank", "/v2/chat", "/v2/embed", "/v2/rerank")
        .AddSingleton<RerankEndpoint>()
        .AddSingleton<EmbedEndpoint>();

    public static void MapCohereFace(this WebApplication app)
    {
        foreach (var prefix in (string[])["/v1", "/v2"])
        {
            Group(app, prefix).MapPost("/rerank", (HttpContext context, RerankEndpoint rerank) => rerank.HandleAsync(context)).Tell(CohereEndpoints.Rerank);
        }

        Group(app, "/v2").MapPost("/embed", (HttpContext context, EmbedEndpoint embed) => embed.HandleAsync(context)).Tell(CohereEndpoints.Embed);
    }

    private static RouteGroupBuilder Group(WebApplication app, string prefix) => app.MapSensoriumHttp().MapGroup(prefix).WithMetadata(new CohereErrorShape());
}
