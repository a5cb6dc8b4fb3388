using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>POST /similarity.</summary>
internal sealed class SimilarityEndpoint(CompareOperation compare)
{
    private const string Field = "inputs";
    private const string Sentences = "sentences";

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        using var body = await BodyReader.ReadAsync(context.Request);
        var inputs = ObjectOf(body.RootElement, Field) ?? throw BodyErrors.Wrong(Field, "is missing");
        var source = inputs.RequireString("source_sentence", $"{Field}.");
        var sentences = inputs.FindStrings(Sentences, $"{Field}.") ?? throw BodyErrors.Wrong($"{Field}.{Sentences}", "is missing");
        var comparison = await compare.RunAsync(
            [MediaInput.OfText($"{Field}.source_sentence", source)],
            [.. sentences.Select((text, i) => MediaInput.OfText($"{Field}.{Sentences}[{i}]", text))],
            HttpCall.BatchOf(context, TeiFace.ModelOf(context), ReadingOf(body.RootElement)),
            context.RequestAborted,
            $"{Field}.source_sentence",
            $"{Field}.{Sentences}");
        return Results.Json(comparison.Similarities, TeiJson.Default.SingleArray);
    }

    private static TextReading ReadingOf(JsonElement body) => ObjectOf(body, "parameters") is { } parameters
        ? new TextReading(parameters.FindString("prompt_name", "parameters.") ?? "", Truncate: parameters.FindFlag("truncate", under: "parameters."))
        : TextReading.Plain;

    private static JsonElement? ObjectOf(JsonElement body, string name) => body.Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } found => found,
        _ => throw BodyErrors.Wrong(name, "must be an object"),
    };
}
