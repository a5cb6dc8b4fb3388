using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Checks what a caller wrote about one medium, before anything is done with it. Names the field.</summary>
public static class MediaValidator
{
    private const int MaxItemIdLength = 256;

    /// <exception cref="SensoriumException">INVALID_ARGUMENT, for the first fault found.</exception>
    /// <param name="media">The medium.</param>
    /// <param name="field">Where it is in the request, as "media[1]".</param>
    /// <param name="maxInlineBytes">The most bytes that may travel within a request.</param>
    public static void Validate(V1.Media media, string field, long maxInlineBytes)
    {
        CheckSource(media, field);
        CheckSize(media, field, maxInlineBytes);
        CheckEnums(media, field);
        CheckRange(media, field);
        if (media.ItemId.Length > MaxItemIdLength)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter,
                $"{field}.item_id has {media.ItemId.Length} characters; at most {MaxItemIdLength} are allowed.",
                $"{field}.item_id");
        }
    }

    private static void CheckSource(V1.Media media, string field)
    {
        var (empty, name) = media.SourceCase switch
        {
            V1.Media.SourceOneofCase.None => throw SensoriumException.Invalid(
                ErrorReasons.NoSource,
                $"{field} has no source: set one of data, uri, ref and text.",
                $"{field}.source"),
            V1.Media.SourceOneofCase.Data => (media.Data.IsEmpty, "data"),
            V1.Media.SourceOneofCase.Uri => (media.Uri.Length == 0, "uri"),
            V1.Media.SourceOneofCase.Text => (media.Text.Length == 0, "text"),
            _ => (false, "ref"),
        };
        if (empty)
        {
            throw SensoriumException.Invalid(ErrorReasons.EmptyMedia, $"{field}.{name} is empty.", $"{field}.{name}");
        }

        if (media.SourceCase == V1.Media.SourceOneofCase.Ref && !IsSha256(media.Ref.Sha256))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidReference,
                $"{field}.ref.sha256 must be 64 lower-case hexadecimal digits.",
                $"{field}.ref.sha256");
        }
    }

    private static void CheckSize(V1.Media media, string field, long maxInlineBytes)
    {
        var size = media.InlineBytes();
        if (size > maxInlineBytes)
        {
            var name = media.SourceCase == V1.Media.SourceOneofCase.Data ? "data" : "text";
            throw new SensoriumException(
                ErrorCode.InvalidArgument,
                ErrorReasons.MediaTooLarge,
                $"{field}.{name} has {size:N0} bytes; at most {maxInlineBytes:N0} travel within a request. "
                + "Send larger media with SensoriumService.Upload and pass the reference that it answers.")
            {
                Field = $"{field}.{name}",
                Metadata = new Dictionary<string, string>
                {
                    ["size_bytes"] = $"{size}",
                    ["limit_bytes"] = $"{maxInlineBytes}",
                },
            };
        }
    }

    private static void CheckEnums(V1.Media media, string field)
    {
        if (!Enum.IsDefined(media.Modality))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnknownModality,
                $"{field}.modality is {(int)media.Modality}, which is not a modality.",
                $"{field}.modality");
        }

        if (media.SourceCase == V1.Media.SourceOneofCase.Text && media.Modality is not (V1.Modality.Unspecified or V1.Modality.Text))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.ModalityMismatch,
                $"{field} is given as text, but its modality says {media.Modality}.",
                $"{field}.modality");
        }

        if (!Enum.IsDefined(media.Track))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnsupportedTrack,
                $"{field}.track is {(int)media.Track}, which is not a track.",
                $"{field}.track");
        }
    }

    private static void CheckRange(V1.Media media, string field)
    {
        if (media.Range is not { } range)
        {
            return;
        }

        var start = range.Start is null ? 0 : Seconds(range.Start);
        var end = range.End is null ? double.PositiveInfinity : Seconds(range.End);
        if (!(start >= 0 && end > start && start < TimeSpan.MaxValue.TotalSeconds))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidRange,
                $"{field}.range goes from {start} s to {end} s; it must start at or after 0 and end after its start.",
                $"{field}.range");
        }
    }

    private static double Seconds(Google.Protobuf.WellKnownTypes.Duration duration) =>
        duration.Seconds + (duration.Nanos / 1e9);

    private static bool IsSha256(string value) =>
        value.Length == 64 && value.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
