using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Gateway.Http.OpenAi;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>POST /embed and /embeddings. The first item that fails is the failure of the request, because the shape has no other place for it.</summary>
internal sealed class EmbedEndpoint(EmbedOperation embed, TimeProvider time)
{
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var start = time.GetTimestamp();
        using var body = await BodyReader.ReadAsync(context.Request);
        var request = body.RootElement;
        OllamaEndpoints.Embed.Check(request);
        OllamaNames.CheckKeepAlive(request);
        var model = OllamaNames.ModelOf(request);
        var batch = HttpCall.BatchOf(context, model, new TextReading(Truncate: request.FindFlag("truncate", otherwise: true)));
        var embedded = await embed.RunAsync(InputsOf(request), batch, "input", context.RequestAborted, request.FindWhole("dimensions", least: 1) ?? 0);
        return Results.Json(
            new EmbedResponse(
                model,
                [.. embedded.Outcomes.Select(VectorOf)],
                (long)time.GetElapsedTime(start).TotalNanoseconds,
                embedded.Outcomes.Sum(outcome => outcome.Usage.InputUnits)),
            OllamaJson.Default.EmbedResponse);
    }

    public async Task<IResult> HandleOneAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        OllamaEndpoints.Embeddings.Check(body.RootElement);
        OllamaNames.CheckKeepAlive(body.RootElement);
        var batch = HttpCall.BatchOf(context, OllamaNames.ModelOf(body.RootElement), new TextReading(Truncate: true));
        var text = MediaInput.OfText("prompt", body.RootElement.RequireString("prompt"));
        var embedded = await embed.RunAsync([text], batch, "prompt", context.RequestAborted);
        return Results.Json(new OneEmbedding(VectorOf(embedded.Outcomes[0])), OllamaJson.Default.OneEmbedding);
    }

    private static ReadOnlyMemory<float> VectorOf(EncodeOutcome outcome) => (outcome.Encoded ?? throw outcome.Error!).Embedding;

    private static IReadOnlyList<MediaInput> InputsOf(JsonElement body) => body.Find("input") switch
    {
        null => throw BodyErrors.Wrong("input", "is missing"),
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select((one, i) => InputOf(one, $"input[{i}]"))],
        { } one => [InputOf(one, "input")],
    };

    private static MediaInput InputOf(JsonElement input, string field)
    {
        MediaItem item = input.ValueKind == JsonValueKind.Object ? MediaParts.Read(input, field) : InputReader.ReadString(input, field);
        return MediaInput.Read(field, "", () => item);
    }
}
