using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Fusion;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Core.Generation.Chat;

/// <summary>The media of a conversation: which encoder is asked about each, and what the model reads of them.</summary>
internal sealed class ChatMedia(ModelIdentity identity, int featureWidth, int maxTokens)
{
    /// <exception cref="SensoriumException">FAILED_PRECONDITION: neither a picture nor the frames of a video.</exception>
    public IReadOnlyList<MediaPart> Expand(IReadOnlyList<MediaItem> media) => [.. media.Select(Expand)];

    private MediaPart Expand(MediaItem item, int index)
    {
        var seen = item.Modality is { } own && item.Track == MediaTrack.Default && TrackTable.HasTracks(own) ? item with { Track = MediaTrack.Frames } : item;
        return seen.Modality is { } modality && TrackTable.EncoderOf(modality, seen.Track) is Modality.Image or Modality.Video
            ? new MediaPart(index, seen, modality, Implied: false)
            : throw new SensoriumException(
                ErrorCode.FailedPrecondition,
                ErrorReasons.TaskMismatch,
                $"Model '{identity.Id}' reads text, pictures and the frames of videos; '{item.ItemId}' is {item.Modality?.ToString() ?? "of no known kind"}, track {item.Track}.");
    }

    /// <summary>All vectors in the order of the conversation. Throws what the first medium failed with.</summary>
    public FeatureSequence Join(IReadOnlyList<EncodedPart> parts)
    {
        FeatureSequence[] sequences = [.. parts.SelectMany(SegmentsOf).Select(segment => Timed(Check(segment.Features!), segment.Range))];
        var tokens = sequences.Sum(sequence => sequence.Tokens);
        if (tokens > maxTokens)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TooManyFusedTokens, $"The media of this request come to {tokens} feature tokens; the limit is {maxTokens}.", "messages");
        }

        var joined = new float[tokens * featureWidth];
        var end = 0;
        foreach (var sequence in sequences)
        {
            sequence.Data.Span.CopyTo(joined.AsSpan(end));
            end += sequence.Data.Length;
        }

        return new FeatureSequence(tokens, featureWidth, joined) { Grids = [.. sequences.SelectMany(sequence => sequence.Grids)] };
    }

    private static FeatureSequence Timed(FeatureSequence features, TimeRange? range) => features.Grids.Count == 0 || range is null
        ? features
        : features with { Grids = [.. features.Grids.Select(grid => grid with { Start = range.Value.Start })] };

    public static IReadOnlyList<EncodedSegment> SegmentsOf(EncodedPart part) => (part.Outcome.Encoded ?? throw part.Outcome.Error!).Segments;

    public static CaptionMediaStatus StatusOf(EncodedPart part) => new(
        part.Part.Item.ItemId,
        part.Part.Encoder,
        part.Part.Item.Track,
        part.Outcome.CacheStatus,
        part.Outcome.Encoded!.SegmentsAvailable,
        part.Outcome.Encoded.Segments.Count,
        part.Outcome.Encoded.Segments.Sum(segment => segment.Features!.Tokens),
        part.Outcome.Encoded.Model,
        part.Outcome.Timing);

    private FeatureSequence Check(FeatureSequence features) => features.Width == featureWidth && !features.IsMalformed
        ? features
        : throw SensoriumException.ModelFault(
            $"An encoder gave {features.Data.Length} numbers for {features.Tokens} feature tokens of width {features.Width} in {features.Grids.Count} grids; the decoder reads width {featureWidth}.");
}
