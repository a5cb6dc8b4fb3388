using Sensorium.Core.Errors;

namespace Sensorium.Core.Media;

/// <summary>What holds for a medium whatever face it came through, before anything is done with it.</summary>
public static class MediaRules
{
    private const int MaxItemIdLength = 256;

    /// <exception cref="SensoriumException">INVALID_ARGUMENT, for the first fault found; names the field.</exception>
    /// <param name="item">The medium.</param>
    /// <param name="field">Where it is in the request, as "media[1]".</param>
    /// <param name="maxInlineBytes">The most bytes that may travel within a request.</param>
    public static void Check(MediaItem item, string field, long maxInlineBytes)
    {
        CheckSource(item.Source, field, maxInlineBytes);
        if (item.ItemId.Length > MaxItemIdLength)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter,
                $"{field}.item_id has {item.ItemId.Length} characters; at most {MaxItemIdLength} are allowed.",
                $"{field}.item_id");
        }
    }

    private static void CheckSource(MediaSource source, string field, long maxInlineBytes)
    {
        switch (source)
        {
            case InlineSource inline:
                CheckSize(inline.Data.Length, $"{field}.data", maxInlineBytes);
                break;
            case TextSource text:
                CheckSize(System.Text.Encoding.UTF8.GetByteCount(text.Text), $"{field}.text", maxInlineBytes);
                break;
            case UriSource { Uri.Length: 0 }:
                throw Empty($"{field}.uri");
            case ReferenceSource reference when !IsSha256(reference.Sha256):
                throw SensoriumException.Invalid(
                    ErrorReasons.InvalidReference,
                    $"{field}.ref.sha256 must be 64 lower-case hexadecimal digits.",
                    $"{field}.ref.sha256");
        }
    }

    private static void CheckSize(long bytes, string field, long maxInlineBytes)
    {
        if (bytes == 0)
        {
            throw Empty(field);
        }

        if (bytes > maxInlineBytes)
        {
            throw new SensoriumException(
                ErrorCode.InvalidArgument,
                ErrorReasons.MediaTooLarge,
                $"{field} has {bytes:N0} bytes; at most {maxInlineBytes:N0} travel within a request. "
                + "Send larger media with SensoriumService.Upload and pass the reference that it answers.")
            {
                Field = field,
                Metadata = new Dictionary<string, string> { ["size_bytes"] = $"{bytes}", ["limit_bytes"] = $"{maxInlineBytes}" },
            };
        }
    }

    private static SensoriumException Empty(string field) =>
        SensoriumException.Invalid(ErrorReasons.EmptyMedia, $"{field} is empty.", field);

    private static bool IsSha256(string value) => value.Length == 64 && value.All(char.IsAsciiHexDigitLower);
}
