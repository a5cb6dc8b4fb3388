using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Http.Cohere;

/// <param name="Field">The member that <paramref name="Inputs"/> came in.</param>
/// <param name="Texts">Told back to the caller; null unless texts were given.</param>
/// <param name="Types">Forms in which the vectors are answered.</param>
/// <param name="Dimensions">0 keeps all.</param>
/// <param name="Reading">How texts are read.</param>
internal sealed record EmbedRequest(
    string Model,
    string Field,
    IReadOnlyList<MediaInput> Inputs,
    IReadOnlyList<string>? Texts,
    IReadOnlyList<string> Types,
    int Dimensions,
    TextReading Reading)
{
    private static readonly string[] Purposes = ["search_document", "search_query", "classification", "clustering", "image"];

    /// <exception cref="SensoriumException">A member is missing, of the wrong type, or cannot be honoured. Unknown members are ignored.</exception>
    public static EmbedRequest Read(JsonElement body)
    {
        CohereEndpoints.Embed.Check(body);
        var model = body.RequireName("model");
        if (body.FindString("input_type") is { } purpose && !Purposes.Contains(purpose))
        {
            throw BodyErrors.Wrong("input_type", $"is none of {string.Join(", ", Purposes)}");
        }

        var truncate = body.FindString("truncate")?.ToUpperInvariant() switch
        {
            null or "END" => true,
            "NONE" => false,
            _ => throw BodyErrors.Wrong("truncate", "must be \"END\" or \"NONE\"; texts are not cut at their beginning"),
        };
        var (field, inputs) = InputsOf(body);
        return new EmbedRequest(
            model,
            field,
            inputs,
            field == "texts" ? [.. inputs.Select(input => ((TextSource)input.Item!.Source).Text)] : null,
            TypesOf(body),
            body.FindWhole("output_dimension", least: 1) ?? 0,
            new TextReading(body.FindString("prompt_name") ?? "", Truncate: truncate));
    }

    private static (string Field, IReadOnlyList<MediaInput> Inputs) InputsOf(JsonElement body)
    {
        (string Name, Func<JsonElement, string, MediaItem> Read)[] members =
        [
            ("texts", (text, field) => MediaParts.OfText(JsonStrings.Read(text, field))),
            ("images", (image, field) => MediaParts.OfUriOrBase64(image, field, Modality.Image)),
            ("inputs", ReadContent),
        ];
        var given = members.Where(member => body.Find(member.Name) is not null).ToArray();
        if (given.Length != 1)
        {
            throw BodyErrors.Wrong(given.Length == 0 ? "texts" : given[1].Name, given.Length == 0 ? "is missing, and so are images and inputs" : $"cannot be given together with {given[0].Name}");
        }

        var (name, read) = given[0];
        var list = body.FindList(name)!;
        return list.Count == 0
            ? throw BodyErrors.Wrong(name, "is empty")
            : (name, [.. list.Select(one => (one.Field, Item: read(one.Value, one.Field))).Select(one => MediaInput.Read(one.Field, "", () => one.Item))]);
    }

    // One vector is of one medium.
    private static MediaItem ReadContent(JsonElement input, string field) =>
        input.ValueKind == JsonValueKind.Object && input.FindList("content", $"{field}.") is [var part]
            ? MediaParts.Read(part.Value, part.Field)
            : throw BodyErrors.Wrong($"{field}.content", "must be an array of one content object");

    private static IReadOnlyList<string> TypesOf(JsonElement body)
    {
        var types = body.FindStrings("embedding_types") ?? [];
        return types.FirstOrDefault(type => !EmbeddingsByType.Known.Contains(type)) is { } unknown
            ? throw BodyErrors.Wrong("embedding_types", $"holds \"{unknown}\", which is none of {string.Join(", ", EmbeddingsByType.Known)}")
            : types.Count == 0 ? ["float"] : types;
    }
}
