using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Http;

/// <summary>
/// One medium of a message or of an input, in the shapes that clients have for it: {"type": "image_url", "image_url": {"url": …}},
/// {"type": "input_audio", "input_audio": {"data": …, "format": …}} and their like, or by its kind alone: {"image": …}.
/// </summary>
internal static class MediaParts
{
    private static readonly Dictionary<string, (string Member, Modality Modality)> Types = new(StringComparer.Ordinal)
    {
        ["image_url"] = ("image_url", Modality.Image),
        ["input_image"] = ("image_url", Modality.Image),
        ["audio_url"] = ("audio_url", Modality.Audio),
        ["input_audio"] = ("input_audio", Modality.Audio),
        ["video_url"] = ("video_url", Modality.Video),
        ["input_video"] = ("input_video", Modality.Video),
    };

    private static readonly (string Member, Modality Modality)[] Bare = [("image", Modality.Image), ("audio", Modality.Audio), ("video", Modality.Video)];

    private static readonly string Known = string.Join(", ", Types.Keys.Prepend("input_text").Prepend("text"));

    /// <exception cref="SensoriumException">INVALID_PARAMETER: of no shape that is known, or a member of it is missing or of the wrong type.</exception>
    public static MediaItem Read(JsonElement part, string field)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            throw BodyErrors.Wrong(field, "must be a content object");
        }

        return part.FindString("type", $"{field}.") switch
        {
            null => ReadBare(part, field),
            "text" or "input_text" or "output_text" => OfText(part.RequireString("text", $"{field}.")),
            var type when Types.TryGetValue(type, out var kind) => ReadMedium(part, kind.Member, kind.Modality, $"{field}."),
            _ => throw BodyErrors.Wrong($"{field}.type", $"is none of {Known}"),
        };
    }

    public static MediaItem OfText(string text) => new("", new TextSource(text), Modality.Text);

    /// <summary>A medium as a URI, or as base64 of its bytes.</summary>
    /// <param name="value">A string.</param>
    /// <param name="field">Where it is.</param>
    /// <param name="modality">Of the medium; null leaves that to its content.</param>
    /// <param name="format">As "wav"; null if it is not told.</param>
    public static MediaItem OfUriOrBase64(JsonElement value, string field, Modality? modality, string? format = null)
    {
        var source = Base64Media.OfUri(value) ?? Base64Media.OfBase64(value) ?? SourceOf(JsonStrings.Read(value, field));
        return new MediaItem("", source, modality, format is null || modality is null ? null : $"{ToType(modality.Value)}/{format}");

        static MediaSource SourceOf(string text) => new UriSource(IsUri(text) ? text : $"data:;base64,{text}");
    }

    private static MediaItem OfUri(JsonElement uri, string field, Modality modality) => new("", Base64Media.OfUri(uri) ?? (MediaSource)new UriSource(JsonStrings.Read(uri, field)), modality);

    private static MediaItem ReadBare(JsonElement part, string field)
    {
        if (part.FindString("text", $"{field}.") is { } text)
        {
            return OfText(text);
        }

        foreach (var (member, modality) in Bare)
        {
            if (part.Find(member) is { } value)
            {
                return OfUriOrBase64(value, $"{field}.{member}", modality);
            }
        }

        throw BodyErrors.Wrong($"{field}.type", "is missing");
    }

    private static MediaItem ReadMedium(JsonElement part, string member, Modality modality, string under)
    {
        if (part.Find(member) is not { ValueKind: JsonValueKind.Object } medium)
        {
            return OfUri(part.Find(member) ?? throw BodyErrors.Wrong(under + member, "is missing"), under + member, modality);
        }

        under += $"{member}.";
        if (medium.FindString("detail", under) is { } detail and not "auto")
        {
            throw BodyErrors.Wrong($"{under}detail", $"is \"{detail}\"; pictures are read at the one size that the model has, so that it must be \"auto\"");
        }

        return medium.Find("data") is { } data
            ? OfUriOrBase64(data, $"{under}data", modality, medium.FindString("format", under))
            : OfUri(medium.Find("url") ?? throw BodyErrors.Wrong($"{under}url", "is missing"), $"{under}url", modality);
    }

    private static bool IsUri(string value)
    {
        var head = value.AsSpan(0, Math.Min(value.Length, 16));
        return head.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || head.Contains("://", StringComparison.Ordinal);
    }

    private static string ToType(Modality modality) => modality.ToString().ToLowerInvariant();
}
