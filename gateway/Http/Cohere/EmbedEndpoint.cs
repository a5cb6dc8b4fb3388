using Sensorium.Core.Media;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Cohere;

/// <summary>POST /v2/embed. The first item that fails is the failure of the request, because the shape has no other place for it.</summary>
internal sealed class EmbedEndpoint(EmbedOperation embed)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = EmbedRequest.Read(body.RootElement);
        var batch = HttpCall.BatchOf(context, request.Model, request.Reading);
        var embedded = await embed.RunAsync(request.Inputs, batch, request.Field, context.RequestAborted, request.Dimensions, "output_dimension");
        var vectors = embedded.Outcomes.Select(outcome => (outcome.Encoded ?? throw outcome.Error!).Embedding).ToArray();
        var units = embedded.Outcomes.Sum(outcome => outcome.Usage.InputUnits);
        var images = request.Inputs.Count(input => input.Item?.Modality == Modality.Image);
        var meta = new Meta(
            new ApiVersion("2"), new BilledUnits { InputTokens = units, Images = images == 0 ? null : images }, new Tokens(units));
        return Results.Json(
            new EmbedResponse(context.TraceIdentifier, EmbeddingsByType.Of(vectors, request.Types), request.Texts, meta), CohereJson.Default.EmbedResponse);
    }
}
