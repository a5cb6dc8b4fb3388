using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Http.OpenAi;

/// <param name="Dimensions">Null keeps all.</param>
/// <param name="Reading">How texts are read.</param>
internal sealed record EmbeddingsRequest(string Model, IReadOnlyList<MediaInput> Input, bool AsBase64, int? Dimensions, TextReading Reading)
{
    /// <exception cref="SensoriumException">A member is missing or of the wrong type. Unknown members are ignored.</exception>
    public static EmbeddingsRequest Read(JsonElement body)
    {
        var model = StringOf(body, "model");
        if (string.IsNullOrEmpty(model))
        {
            throw BodyErrors.Wrong("model", "is missing");
        }

        _ = StringOf(body, "user");
        var base64 = StringOf(body, "encoding_format") switch
        {
            null or "float" => false,
            "base64" => true,
            var other => throw BodyErrors.Wrong("encoding_format", $"is \"{Shorten(other)}\"; it must be \"float\" or \"base64\""),
        };
        return new EmbeddingsRequest(model, InputReader.Read(body), base64, DimensionsOf(body), ReadingOf(body));
    }

    // Beyond the shape of the API, by the names that others gave these members.
    private static TextReading ReadingOf(JsonElement body)
    {
        var truncate = body.TryGetProperty("truncate", out var given) && given.ValueKind != JsonValueKind.Null ? given.ValueKind : JsonValueKind.False;
        return truncate is JsonValueKind.True or JsonValueKind.False
            ? new TextReading(StringOf(body, "prompt_name") ?? "", Truncate: truncate == JsonValueKind.True)
            : throw BodyErrors.Wrong("truncate", "must be true or false");
    }

    private static int? DimensionsOf(JsonElement body)
    {
        if (!body.TryGetProperty("dimensions", out var given) || given.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return given.ValueKind == JsonValueKind.Number && given.TryGetInt32(out var dimensions) && dimensions > 0
            ? dimensions
            : throw BodyErrors.Wrong("dimensions", "must be a whole number over 0");
    }

    private static string? StringOf(JsonElement body, string name) =>
        !body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null
            ? null
            : JsonStrings.Read(value, name);

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
