using System.Text.Json;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>
/// The member "input": a string, a content object, or an array of them. A string that is a data: URI in base64 is the medium
/// in it; every other string is text.
/// </summary>
internal static class InputReader
{
    private const string Field = "input";

    /// <exception cref="Core.Errors.SensoriumException">Missing, empty, or of a shape that is not known.</exception>
    public static IReadOnlyList<MediaInput> Read(JsonElement body)
    {
        if (!body.TryGetProperty(Field, out var input) || input.ValueKind == JsonValueKind.Null)
        {
            throw BodyErrors.Wrong(Field, "is missing");
        }

        if (input.ValueKind != JsonValueKind.Array)
        {
            return [ReadOne(input, Field)];
        }

        return input.GetArrayLength() == 0
            ? throw BodyErrors.Wrong(Field, "is empty")
            : [.. input.EnumerateArray().Select((one, i) => ReadOne(one, $"{Field}[{i}]"))];
    }

    private static MediaInput ReadOne(JsonElement input, string field)
    {
        var source = input.ValueKind switch
        {
            JsonValueKind.String => ReadString(JsonStrings.Read(input, field)),
            JsonValueKind.Object => ReadContent(input, field),
            JsonValueKind.Number or JsonValueKind.Array => throw BodyErrors.Wrong(field, "holds token numbers, which are not understood here; send text"),
            _ => throw BodyErrors.Wrong(field, "must be a string or a content object"),
        };
        return MediaInput.Read(field, "", () => new MediaItem("", source));
    }

    private static MediaSource ReadString(string text)
    {
        var comma = text.AsSpan(0, Math.Min(text.Length, 200)).IndexOf(',');
        return text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            && comma > 0
            && text.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            ? new UriSource(text)
            : new TextSource(text);
    }

    private static MediaSource ReadContent(JsonElement content, string field)
    {
        if (content.TryGetProperty("content", out var parts))
        {
            // One vector is of one medium: several parts have no vector of their own.
            return parts.ValueKind == JsonValueKind.Array && parts.GetArrayLength() == 1 && parts[0].ValueKind == JsonValueKind.Object
                ? ReadContent(parts[0], $"{field}.content[0]")
                : throw BodyErrors.Wrong($"{field}.content", "must be an array of one content object");
        }

        return content.TryGetProperty("type", out var type) ? JsonStrings.Read(type, $"{field}.type") switch
        {
            "text" or "input_text" => new TextSource(Member(content, "text", field)),
            "image_url" or "input_image" => new UriSource(ImageUrl(content, field)),
            _ => throw BodyErrors.Wrong($"{field}.type", "is none of text, input_text, image_url and input_image"),
        }
        : throw BodyErrors.Wrong($"{field}.type", "is missing");
    }

    private static string ImageUrl(JsonElement content, string field) =>
        content.TryGetProperty("image_url", out var url) && url.ValueKind == JsonValueKind.Object
            ? Member(url, "url", $"{field}.image_url")
            : Member(content, "image_url", field);

    private static string Member(JsonElement content, string name, string field) =>
        content.TryGetProperty(name, out var value)
            ? JsonStrings.Read(value, $"{field}.{name}")
            : throw BodyErrors.Wrong($"{field}.{name}", "is missing");
}
