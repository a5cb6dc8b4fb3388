using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation.Fusion;

/// <summary>Joins the feature sequences of all media: in the pack's order of modalities, then of the request, then of time.</summary>
internal sealed class MediaFusion(
    DecoderShape shape, ModelIdentity decoder, GenerationModel model, Func<Modality, int> maxSegments, int maxFusedTokens)
{
    private readonly Dictionary<Modality, int> _order = model.ModalityOrder.Index().ToDictionary(entry => entry.Item, entry => entry.Index);

    /// <summary>Throws the first failure unless partial answers are allowed and something is left.</summary>
    public FusedMedia Fuse(IReadOnlyList<EncodedPart> parts, bool allowPartial)
    {
        var failures = Failures(parts);
        var good = parts.Where(part => part.Outcome.Encoded is not null).OrderBy(part => _order.GetValueOrDefault(part.Part.Encoder, int.MaxValue)).ToArray();
        if (failures.Count > 0 && (!allowPartial || good.Length == 0))
        {
            throw failures[0].Error;
        }

        var left = good.Where(IsUntrainedTrack).ToArray();
        left = left.Length < good.Length ? left : [];
        var chosen = good.Except(left).Select(part => (Part: part, Segments: Choose(part))).ToArray();
        var statuses = chosen.Select(entry => Status(entry.Part, entry.Segments)).ToArray();
        return new FusedMedia(Join(chosen.SelectMany(entry => entry.Segments)), statuses, failures, [.. Warnings(chosen), .. left.Select(LeftOut), .. Missing(parts)]);
    }

    // A decoder that never saw a modality beside others invents what it says: better not to ask it what nobody asked.
    private bool IsUntrainedTrack(EncodedPart part) =>
        part.Part.Implied && model.MaxTrainedSegments.TryGetValue(part.Part.Encoder, out var most) && most == 0;

    private static MediaWarning LeftOut(EncodedPart part) => new(
        WarningReasons.UntrainedFusion,
        $"The {part.Part.Item.Track.ToString().ToLowerInvariant()} were left out: the decoder was not trained on {part.Part.Encoder} beside other media. Ask for the track by name to have it used all the same.",
        part.Part.Item.ItemId);

    // A track that nobody asked for may be missing, as long as the video has another.
    private static List<CaptionMediaError> Failures(IReadOnlyList<EncodedPart> parts)
    {
        var failures = new List<CaptionMediaError>();
        foreach (var medium in parts.GroupBy(part => part.Part.MediaIndex))
        {
            var failed = medium.Where(part => part.Outcome.Error is not null).ToArray();
            var serious = failed.Where(part => !IsAbsentTrack(part)).ToArray();
            var counted = failed.Length == medium.Count() && serious.Length == 0 ? failed[..1] : serious;
            failures.AddRange(counted.Select(part => new CaptionMediaError(part.Part.Item.ItemId, part.Outcome.Error!)));
        }

        return failures;
    }

    // A track of which nothing can be made (subtitles without a line, a codec that nobody knows, a service or a model that is not there)
    // is as good as none. One that was refused for the moment is not: it may be asked for again.
    private static bool IsAbsentTrack(EncodedPart part) =>
        part.Part.Implied && (part.Outcome.Error!.Reason is ErrorReasons.NoSuchTrack or ErrorReasons.EmptyMedia || IsUnusableTrack(part));

    private static bool IsUnusableTrack(EncodedPart part) =>
        part.Part.Implied && part.Outcome.Error?.Reason is
            ErrorReasons.UndecodableMedia or ErrorReasons.TruncatedMedia or ErrorReasons.PeerUnavailable or ErrorReasons.NotReady
            or ErrorReasons.ModelNotServed or ErrorReasons.ModelMismatch;

    // Most videos have no subtitles, and nobody misses them.
    private static IEnumerable<MediaWarning> Missing(IReadOnlyList<EncodedPart> parts) => parts
        .Where(part => IsUnusableTrack(part)
            || (part.Part is { Implied: true, Item.Track: MediaTrack.Audio } && part.Outcome.Error?.Reason is ErrorReasons.NoSuchTrack))
        .Select(part => new MediaWarning(
            WarningReasons.TrackMissing,
            $"The track {part.Part.Item.Track.ToString().ToLowerInvariant()} was not used: {part.Outcome.Error!.Message}",
            part.Part.Item.ItemId));

    private EncodedSegment[] Choose(EncodedPart part)
    {
        CheckSpace(part);
        var segments = part.Outcome.Encoded!.Segments;
        var most = maxSegments(part.Part.Encoder);
        return most == 0 ? [] : [.. SegmentChoice.Evenly(segments.Count, most).Select(i => segments[i])];
    }

    private void CheckSpace(EncodedPart part)
    {
        var encoder = part.Outcome.Encoded!.Model;
        if (encoder.SpaceId != decoder.SpaceId)
        {
            throw new SensoriumException(
                ErrorCode.FailedPrecondition,
                ErrorReasons.SpaceMismatch,
                $"The {part.Part.Encoder} encoder '{encoder.Id}' works in space '{encoder.SpaceId}', but the decoder was trained on '{decoder.SpaceId}'.");
        }
    }

    private FeatureSequence Join(IEnumerable<EncodedSegment> segments)
    {
        FeatureSequence[] sequences = [.. segments.Select(segment => Check(segment.Features))];
        var tokens = sequences.Sum(sequence => sequence.Tokens);
        if (tokens > maxFusedTokens)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TooManyFusedTokens,
                $"The media of this request come to {tokens} feature tokens; the limit is {maxFusedTokens}.",
                "media");
        }

        if (sequences.Length == 1)
        {
            return sequences[0];
        }

        var joined = new float[tokens * shape.FeatureWidth];
        var end = 0;
        foreach (var sequence in sequences)
        {
            sequence.Data.Span.CopyTo(joined.AsSpan(end));
            end += sequence.Data.Length;
        }

        return new FeatureSequence(tokens, shape.FeatureWidth, joined);
    }

    private FeatureSequence Check(FeatureSequence? features)
    {
        if (features is null)
        {
            throw SensoriumException.ModelFault("An encoder was asked for features and gave none.");
        }

        if (features.Tokens < 1 || features.Data.Length != features.Tokens * features.Width)
        {
            throw SensoriumException.ModelFault(
                $"An encoder gave {features.Data.Length} numbers for {features.Tokens} feature tokens of width {features.Width}.");
        }

        return features.Width == shape.FeatureWidth
            ? features
            : throw new SensoriumException(
                ErrorCode.FailedPrecondition,
                ErrorReasons.ModelMismatch,
                $"An encoder gave feature tokens of width {features.Width}; the decoder attends to width {shape.FeatureWidth}.");
    }

    private static CaptionMediaStatus Status(EncodedPart part, EncodedSegment[] segments) => new(
        part.Part.Item.ItemId,
        part.Part.Encoder,
        part.Part.Item.Track,
        part.Outcome.CacheStatus,
        part.Outcome.Encoded!.SegmentsAvailable,
        segments.Length,
        segments.Sum(segment => segment.Features?.Tokens ?? 0),
        part.Outcome.Encoded.Model,
        part.Outcome.Timing);

    private static MediaWarning[] Warnings((EncodedPart Part, EncodedSegment[] Segments)[] chosen) =>
    [
        .. chosen.SelectMany(entry => entry.Part.Outcome.Warnings).Where(warning => warning.Reason != WarningReasons.SegmentsSampled),
        .. chosen
            .Where(entry => entry.Segments.Length < entry.Part.Outcome.Encoded!.SegmentsAvailable)
            .Select(entry => new MediaWarning(
                WarningReasons.SegmentsSampled,
                $"{entry.Segments.Length} of {entry.Part.Outcome.Encoded!.SegmentsAvailable} segments were used, evenly chosen.",
                entry.Part.Part.Item.ItemId)),
    ];
}
