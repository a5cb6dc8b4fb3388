using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>Embeddings and models in the shapes of OpenAI's API, under /v1 and /openai/v1.</summary>
internal static class OpenAiFace
{
    public static IServiceCollection AddOpenAiFace(this IServiceCollection services) =>
        services.AddSingleton<EmbeddingsEndpoint>().AddSingleton<ModelsEndpoint>().AddSingleton<ListModelsOperation>().AddSingleton<OpenAiFilter>();

    public static void MapOpenAiFace(this IEndpointRouteBuilder endpoints)
    {
        foreach (var prefix in (string[])["/v1", "/openai/v1"])
        {
            var group = endpoints.MapGroup(prefix).AddEndpointFilter(
                (context, next) => context.HttpContext.RequestServices.GetRequiredService<OpenAiFilter>().InvokeAsync(context, next));
            group.MapPost("/embeddings", (HttpContext context, EmbeddingsEndpoint embeddings) => embeddings.HandleAsync(context));
            group.MapGet("/models", (HttpContext context, ModelsEndpoint models) => models.ListAsync(context));
            group.MapGet("/models/{id}", (string id, HttpContext context, ModelsEndpoint models) => models.GetAsync(id, context));
        }
    }
}
