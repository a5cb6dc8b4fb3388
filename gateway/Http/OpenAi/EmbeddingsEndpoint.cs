using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>POST /embeddings. The first item that fails is the failure of the request, because the shape has no other place for it.</summary>
internal sealed class EmbeddingsEndpoint(EmbedOperation embed, ListModelsOperation models)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = EmbeddingsRequest.Read(body.RootElement);
        await models.RequireAsync(request.Model, context.RequestAborted);
        var template = HttpCall.BatchOf(context, request.Model, request.Reading);
        var embedded = await embed.RunAsync(request.Input, template, "input", context.RequestAborted, request.Dimensions ?? 0);
        var entries = embedded.Outcomes.Select((outcome, i) =>
            new EmbeddingEntry(i, new Vector((outcome.Encoded ?? throw outcome.Error!).Embedding, request.AsBase64)));
        var units = embedded.Outcomes.Sum(outcome => outcome.Usage.InputUnits);
        return Results.Json(new EmbeddingsResponse([.. entries], request.Model, new Usage(units, units)), OpenAiJson.Default.EmbeddingsResponse);
    }
}
