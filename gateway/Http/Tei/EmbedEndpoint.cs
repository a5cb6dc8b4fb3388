using Sensorium.Core.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>POST /embed. The first text that fails is the failure of the request, because the shape has no other place for it.</summary>
internal sealed class EmbedEndpoint(EmbedOperation embed)
{
    private const string Field = "inputs";

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = body.RootElement;
        TeiEndpoints.Embed.Check(request);
        var texts = request.FindStrings(Field) ?? throw BodyErrors.Wrong(Field, "is missing");
        var reading = new TextReading(request.FindString("prompt_name") ?? "", Truncate: request.FindFlag("truncate"));
        var embedded = await embed.RunAsync(
            [.. texts.Select((text, i) => MediaInput.OfText($"{Field}[{i}]", text))],
            HttpCall.BatchOf(context, TeiFace.ModelOf(context), reading),
            Field,
            context.RequestAborted,
            request.FindWhole("dimensions", least: 1) ?? 0);
        IReadOnlyList<ReadOnlyMemory<float>> vectors = [.. embedded.Outcomes.Select(outcome => (outcome.Encoded ?? throw outcome.Error!).Embedding)];
        return Results.Json(vectors, TeiJson.Default.IReadOnlyListReadOnlyMemorySingle);
    }
}
