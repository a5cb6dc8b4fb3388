using Sensorium.Gateway.Http.Faces;
using Sensorium.Gateway.Http.OpenAi.Chat;
using Sensorium.Gateway.Http.OpenAi.Decisions;
using Sensorium.Gateway.Http.OpenAi.Images;
using Sensorium.Gateway.Http.OpenAi.Responses;
using Sensorium.Gateway.Http.OpenAi.Speech;
using Sensorium.Hosting.Hosts;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>The shapes of OpenAI's API, under /v1 and /openai/v1; embeddings at /embeddings too, where infinity has them.</summary>
internal static class OpenAiFace
{
    public static IServiceCollection AddOpenAiFace(this IServiceCollection services) => services
        .AddErrorShape<OpenAiErrorShape>("/v1", "/openai/v1", "/embeddings")
        .AddSingleton<EmbeddingsEndpoint>()
        .AddSingleton<ModelsEndpoint>()
        .AddSingleton<TranscriptionEndpoint>()
        .AddSingleton<ImageEndpoint>()
        .AddSingleton<ChatEndpoint>()
        .AddSingleton<ResponseEndpoint>()
        .AddSingleton<DecisionsEndpoint>();

    public static void MapOpenAiFace(this WebApplication app)
    {
        foreach (var prefix in (string[])["/v1", "/openai/v1"])
        {
            var group = Group(app, prefix);
            MapEmbeddings(group);
            group.MapGet("/models", (HttpContext context, ModelsEndpoint models) => models.ListAsync(context)).Tell(OpenAiEndpoints.Models);
            group.MapGet("/models/{id}", (string id, HttpContext context, ModelsEndpoint models) => models.GetAsync(id, context)).Tell(OpenAiEndpoints.OneModel);
            group.MapPost("/chat/completions", (HttpContext context, ChatEndpoint chat) => chat.HandleAsync(context)).Tell(ChatEndpoints.Completions);
            group.MapPost("/responses", (HttpContext context, ResponseEndpoint responses) => responses.HandleAsync(context)).Tell(ChatEndpoints.Responses);
            group.MapPost("/decisions", (HttpContext context, DecisionsEndpoint decisions) => decisions.HandleAsync(context)).Tell(DecisionsEndpoints.Decisions);
            group.MapPost("/images/generations", (HttpContext context, ImageEndpoint images) => images.GenerateAsync(context)).Tell(ImageEndpoints.Generations);
            group.MapPost("/images/edits", (HttpContext context, ImageEndpoint images) => images.EditAsync(context)).Tell(ImageEndpoints.Edits);
            group.MapPost("/audio/transcriptions", (HttpContext context, TranscriptionEndpoint speech) => speech.TranscribeAsync(context))
                .Tell(OpenAiEndpoints.Transcriptions);
            group.MapPost("/audio/translations", (HttpContext context, TranscriptionEndpoint speech) => speech.TranslateAsync(context))
                .Tell(OpenAiEndpoints.Translations);
        }

        MapEmbeddings(Group(app, ""));
    }

    private static RouteGroupBuilder Group(WebApplication app, string prefix) => app.MapSensoriumHttp().MapGroup(prefix).WithMetadata(new OpenAiErrorShape());

    private static void MapEmbeddings(RouteGroupBuilder group) =>
        group.MapPost("/embeddings", (HttpContext context, EmbeddingsEndpoint embeddings) => embeddings.HandleAsync(context)).Tell(OpenAiEndpoints.Embeddings);
}
