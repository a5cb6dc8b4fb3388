using Sensorium.Gateway.Http.Faces;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>The shapes of Ollama's API, under /api.</summary>
internal static class OllamaFace
{
    public static IServiceCollection AddOllamaFace(this IServiceCollection services) => services
        .AddErrorShape<OllamaErrorShape>("/api")
        .AddSingleton<EmbedEndpoint>()
        .AddSingleton<ModelsEndpoint>()
        .AddSingleton<AnswerEndpoint>();

    public static void MapOllamaFace(this WebApplication app)
    {
        var group = app.MapSensoriumHttp().MapGroup("/api").WithMetadata(new OllamaErrorShape());
        group.MapGet("/version", () => Results.Json(new VersionResponse(ProductVersion.Text), OllamaJson.Default.VersionResponse)).Tell(OllamaEndpoints.Version);
        group.MapGet("/tags", (HttpContext context, ModelsEndpoint models) => models.ListAsync(context)).Tell(OllamaEndpoints.Tags);
        group.MapGet("/ps", (HttpContext context, ModelsEndpoint models) => models.RunningAsync(context)).Tell(OllamaEndpoints.Running);
        group.MapPost("/show", (HttpContext context, ModelsEndpoint models) => models.ShowAsync(context)).Tell(OllamaEndpoints.Show);
        group.MapPost("/chat", (HttpContext context, AnswerEndpoint answer) => answer.ChatAsync(context)).Tell(OllamaAnswerEndpoints.Chat);
        group.MapPost("/generate", (HttpContext context, AnswerEndpoint answer) => answer.GenerateAsync(context)).Tell(OllamaAnswerEndpoints.Generate);
        group.MapPost("/embed", (HttpContext context, EmbedEndpoint embed) => embed.HandleAsync(context)).Tell(OllamaEndpoints.Embed);
        group.MapPost("/embeddings", (HttpContext context, EmbedEndpoint embed) => embed.HandleOneAsync(context)).Tell(OllamaEndpoints.Embeddings);
    }
}
