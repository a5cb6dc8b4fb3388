using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>
/// What is to be embedded. The member "input" is a string, a content object, or an array of them; a string that is a data: URI in
/// base64 is the medium in it, and every other string is text unless "modality" says otherwise. "messages" holds one message instead.
/// </summary>
internal static class InputReader
{
    private const string Field = "input";

    /// <exception cref="SensoriumException">Missing, empty, or of a shape that is not known.</exception>
    public static IReadOnlyList<MediaInput> Read(JsonElement body)
    {
        var strings = ModalityOf(body);
        return body.Find(Field) switch
        {
            null when body.FindList("messages") is { } messages => [ReadMessage(messages)],
            null => throw BodyErrors.Wrong(Field, "is missing"),
            { ValueKind: not JsonValueKind.Array } one => [ReadOne(one, Field, strings)],
            { } many when many.GetArrayLength() == 0 => throw BodyErrors.Wrong(Field, "is empty"),
            { } many => [.. many.EnumerateArray().Select((one, i) => ReadOne(one, $"{Field}[{i}]", strings))],
        };
    }

    /// <summary>A string by itself: a data: URI in base64 is the medium in it.</summary>
    public static MediaItem ReadString(JsonElement input, string field) =>
        Base64Media.OfUri(input) is { } medium ? new MediaItem("", medium) : ReadString(JsonStrings.Read(input, field));

    /// <summary>As <see cref="ReadString(JsonElement, string)"/>.</summary>
    public static MediaItem ReadString(string text)
    {
        var comma = text.AsSpan(0, Math.Min(text.Length, 200)).IndexOf(',');
        return text.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            && comma > 0
            && text.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase)
            ? new MediaItem("", new UriSource(text))
            : MediaParts.OfText(text);
    }

    private static Modality? ModalityOf(JsonElement body)
    {
        var name = body.FindString("modality");
        return name is null ? null : (ModalityTable.OfName(name) ?? throw BodyErrors.Wrong("modality", "is none of text, image, audio and video")).Modality;
    }

    private static MediaInput ReadMessage(IReadOnlyList<(JsonElement Value, string Field)> messages)
    {
        // One vector is of one medium.
        var (message, field) = messages.Count == 1 ? messages[0] : throw BodyErrors.Wrong("messages", "must hold one message");
        return message.ValueKind == JsonValueKind.Object && message.Find("content") is not null
            ? ReadOne(message, field, null)
            : throw BodyErrors.Wrong($"{field}.content", "is missing");
    }

    private static MediaInput ReadOne(JsonElement input, string field, Modality? strings)
    {
        var item = input.ValueKind switch
        {
            JsonValueKind.String => ReadString(input, field, strings),
            JsonValueKind.Object => ReadContent(input, field),
            JsonValueKind.Number or JsonValueKind.Array => throw BodyErrors.Wrong(field, "holds token numbers, which are not understood here; send text"),
            _ => throw BodyErrors.Wrong(field, "must be a string or a content object"),
        };
        return MediaInput.Read(field, "", () => item);
    }

    private static MediaItem ReadString(JsonElement input, string field, Modality? modality)
    {
        if (modality is null)
        {
            return ReadString(input, field);
        }

        return modality == Modality.Text ? MediaParts.OfText(JsonStrings.Read(input, field)) : MediaParts.OfUriOrBase64(input, field, modality);
    }

    private static MediaItem ReadContent(JsonElement content, string field) => content.Find("content") switch
    {
        null => MediaParts.Read(content, field),
        { ValueKind: JsonValueKind.String } text => MediaParts.OfText(JsonStrings.Read(text, $"{field}.content")),

        // One vector is of one medium: several parts have no vector of their own.
        { ValueKind: JsonValueKind.Array } parts when parts.GetArrayLength() == 1 => MediaParts.Read(parts[0], $"{field}.content[0]"),
        _ => throw BodyErrors.Wrong($"{field}.content", "must be an array of one content object"),
    };
}
