using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Hosts;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>Embeddings and models in the shapes of OpenAI's API, under /v1 and /openai/v1.</summary>
internal static class OpenAiFace
{
    public static IServiceCollection AddOpenAiFace(this IServiceCollection services) =>
        services.AddSingleton<EmbeddingsEndpoint>().AddSingleton<ModelsEndpoint>().AddSingleton<ListModelsOperation>();

    public static void MapOpenAiFace(this WebApplication app)
    {
        foreach (var prefix in (string[])["/v1", "/openai/v1"])
        {
            var group = app.MapSensoriumHttp().MapGroup(prefix).WithMetadata(new OpenAiErrorShape());
            group.MapPost("/embeddings", (HttpContext context, EmbeddingsEndpoint embeddings) => embeddings.HandleAsync(context));
            group.MapGet("/models", (HttpContext context, ModelsEndpoint models) => models.ListAsync(context));
            group.MapGet("/models/{id}", (string id, HttpContext context, ModelsEndpoint models) => models.GetAsync(id, context));
        }
    }
}
