using Sensorium.Gateway.Http.Faces;
using Sensorium.Hosting.Hosts;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>The Open Inference Protocol, version 2, under /v2.</summary>
internal static class OipFace
{
    public static IServiceCollection AddOipFace(this IServiceCollection services) => services
        .AddErrorShape<OipErrorShape>("/v2")
        .AddSingleton<InferEndpoint>()
        .AddSingleton<ModelEndpoint>()
        .AddSingleton<RepositoryEndpoint>();

    public static void MapOipFace(this WebApplication app)
    {
        var group = app.MapSensoriumHttp().MapGroup("/v2").WithMetadata(new OipErrorShape());
        group.MapGet("", () => ModelEndpoint.Server()).Tell(OipEndpoints.Server);
        group.MapGet("/health/live", () => Results.Ok()).Tell(OipEndpoints.Live);
        group.MapGet("/health/ready", (ServingState serving) => serving.IsReady ? Results.Ok() : Results.BadRequest()).Tell(OipEndpoints.Ready);
        group.MapGet("/models/stats", (HttpContext context, ModelEndpoint models) => models.StatisticsAsync(context)).Tell(OipEndpoints.Statistics);
        foreach (var path in (string[])["/models/{model}", "/models/{model}/versions/{version}"])
        {
            group.MapGet(path, (HttpContext context, ModelEndpoint models) => models.MetadataAsync(context)).Tell(OipEndpoints.Metadata);
            group.MapGet($"{path}/ready", (HttpContext context, ModelEndpoint models) => models.ReadyAsync(context)).Tell(OipEndpoints.ModelReady);
            group.MapGet($"{path}/config", (HttpContext context, ModelEndpoint models) => models.ConfigAsync(context)).Tell(OipEndpoints.Config);
            group.MapGet($"{path}/stats", (HttpContext context, ModelEndpoint models) => models.StatisticsAsync(context)).Tell(OipEndpoints.Statistics);
            group.MapPost($"{path}/infer", (HttpContext context, InferEndpoint infer) => infer.HandleAsync(context)).Tell(OipEndpoints.Infer);
        }

        group.MapPost("/repository/index", (HttpContext context, RepositoryEndpoint repository) => repository.IndexAsync(context)).Tell(OipEndpoints.Index);
        group.MapPost("/repository/models/{model}/load", (HttpContext context, RepositoryEndpoint repository) => repository.LoadAsync(context)).Tell(OipEndpoints.Load);
        group.MapPost("/repository/models/{model}/unload", (HttpContext context, RepositoryEndpoint repository) => repository.UnloadAsync(context)).Tell(OipEndpoints.Unload);
    }

    public static string ModelOf(HttpContext context) => context.Request.RouteValues["model"] as string ?? "";

    public static string VersionOf(HttpContext context) => context.Request.RouteValues["version"] as string ?? "";
}
