using Sensorium.Core.Encoding;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>POST /embeddings. The first item that fails is the failure of the request, because the shape has no other place for it.</summary>
internal sealed class EmbeddingsEndpoint(EmbedOperation embed, ModelsEndpoint models)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = EmbeddingsRequest.Read(body.RootElement);
        await models.CheckAsync(request.Model, context.RequestAborted);
        var template = new EncodeBatch(context.TraceIdentifier, [], Model: ModelSelector.Parse(request.Model));
        var embedded = await embed.RunAsync(request.Input, template, "input", context.RequestAborted);
        var entries = embedded.Outcomes.Select((outcome, i) =>
            new EmbeddingEntry(i, new Vector(Shorten((outcome.Encoded ?? throw outcome.Error!).Embedding, request.Dimensions), request.AsBase64)));
        var units = embedded.Outcomes.Sum(outcome => outcome.Usage.InputUnits);
        return Results.Json(new EmbeddingsResponse([.. entries], request.Model, new Usage(units, units)), OpenAiJson.Default.EmbeddingsResponse);
    }

    /// <summary>The first so many components, brought back to length 1.</summary>
    private static ReadOnlyMemory<float> Shorten(ReadOnlyMemory<float> vector, int? dimensions)
    {
        if (dimensions is not { } wanted || wanted == vector.Length)
        {
            return vector;
        }

        if (wanted > vector.Length)
        {
            throw EmbeddingsRequest.Wrong("dimensions", $"is {wanted}; the model's vectors have {vector.Length}");
        }

        var shortened = vector[..wanted].ToArray();
        UnitVectors.Scale(shortened);
        return shortened;
    }
}
