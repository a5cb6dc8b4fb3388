using Sensorium.Gateway.Http.Faces;
using Sensorium.Hosting.Hosts;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>
/// The shapes of text-embeddings-inference. Its servers have one model each: what stands at the root answers with the default of the
/// task, and below /tei/MODEL the same with another one.
/// </summary>
internal static class TeiFace
{
    /// <summary>The part of the path that names a model.</summary>
    public const string Model = "model";

    public static IServiceCollection AddTeiFace(this IServiceCollection services) => services
        .AddErrorShape<TeiErrorShape>("/embed", "/rerank", "/predict", "/similarity", "/info", "/tei")
        .AddSingleton<EmbedEndpoint>()
        .AddSingleton<RerankEndpoint>()
        .AddSingleton<PredictEndpoint>()
        .AddSingleton<SimilarityEndpoint>()
        .AddSingleton<InfoEndpoint>();

    public static void MapTeiFace(this WebApplication app)
    {
        foreach (var prefix in (string[])["", $"/tei/{{{Model}}}"])
        {
            var group = app.MapSensoriumHttp().MapGroup(prefix).WithMetadata(new TeiErrorShape());
            group.MapPost("/embed", (HttpContext context, EmbedEndpoint embed) => embed.HandleAsync(context)).Tell(TeiEndpoints.Embed);
            group.MapPost("/rerank", (HttpContext context, RerankEndpoint rerank) => rerank.HandleAsync(context)).Tell(TeiEndpoints.Rerank);
            group.MapPost("/predict", (HttpContext context, PredictEndpoint predict) => predict.HandleAsync(context)).Tell(TeiEndpoints.Predict);
            group.MapPost("/similarity", (HttpContext context, SimilarityEndpoint similarity) => similarity.HandleAsync(context)).Tell(TeiEndpoints.Similarity);
            group.MapGet("/info", (HttpContext context, InfoEndpoint info) => info.HandleAsync(context)).Tell(TeiEndpoints.Info);
        }
    }

    /// <summary>Null at the root.</summary>
    public static string? ModelOf(HttpContext context) => context.Request.RouteValues[Model] as string;
}
