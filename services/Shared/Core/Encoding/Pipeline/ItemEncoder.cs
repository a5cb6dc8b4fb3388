using Sensorium.Core.Admission;
using Sensorium.Core.Batching;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>Takes one medium through the pipeline. At most so many media as configured are being prepared at a time.</summary>
internal sealed class ItemEncoder(
    EncoderSetup setup,
    EncoderDescription description,
    DynamicBatcher<EncoderInput, ModelOutput> batcher,
    PreprocessingWorkers workers,
    TimeProvider time)
{
    private readonly FairPlaces _places = new(
        setup.Options.PreprocessingConcurrency > 0 ? setup.Options.PreprocessingConcurrency : workers.Count);

    public async Task<EncodeOutcome> EncodeAsync(
        MediaItem item, EncodeBatch batch, BacklogItem pending, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        CheckItem(item);
        pending.StepAside();
        await using var content = await setup.Resolver.ResolveAsync(item.Source, cancellationToken);
        pending.Return();
        CheckSize(content);
        var resolved = time.GetElapsedTime(started);
        var summary = new PreprocessingSummary();
        var maxSegments = batch.MaxSegments > 0 ? Math.Min(batch.MaxSegments, setup.Options.MaxSegments) : setup.Options.MaxSegments;
        using var run = new SegmentRun(batcher, setup, batch, pending, cancellationToken);
        await _places.WaitAsync(batch.Tenant ?? Tenant.Default, cancellationToken);
        TimeSpan prepared;
        try
        {
            prepared = await workers.Run(
                () => PrepareAsync(item, content, new PreprocessingRequest(maxSegments, summary) { Text = batch.Text }, run), cancellationToken);
        }
        finally
        {
            _places.Release();
        }

        pending.PreparedAll();
        var results = await run.ResultsAsync();
        return Outcome(item, summary, results, resolved + prepared, time.GetElapsedTime(started));
    }

    // Counts only the time in which the preprocessor works, not that in which it waits for the model to keep up.
    private async Task<TimeSpan> PrepareAsync(MediaItem item, IMediaContent content, PreprocessingRequest request, SegmentRun run)
    {
        var worked = TimeSpan.Zero;
        await using var segments = setup.Preprocessor.PrepareAsync(item, content, request, run.Cancelled).GetAsyncEnumerator(run.Cancelled);
        while (true)
        {
            var started = time.GetTimestamp();
            var more = await segments.MoveNextAsync();
            worked += time.GetElapsedTime(started);
            if (!more || !await run.AddAsync(segments.Current))
            {
                return worked;
            }
        }
    }

    private EncodeOutcome Outcome(
        MediaItem item, PreprocessingSummary summary, IReadOnlyList<SegmentResult> results, TimeSpan prepared, TimeSpan total)
    {
        if (results.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.EmptyMedia, "There is nothing to encode in this medium.");
        }

        EncodedSegment[] segments = [.. results.Select(result =>
            new EncodedSegment(result.Segment.Range, result.Batched.Output.Embedding, result.Batched.Output.Features) { Tile = result.Segment.Tile })];
        var available = Math.Max(summary.SegmentsAvailable, segments.Length);
        return new EncodeOutcome(item.ItemId)
        {
            Encoded = new EncodedMedia(EmbeddingMean.Of(segments), segments, available, summary.Truncated, description.Model),
            Warnings = Warnings(item, summary, segments.Length),
            Usage = new EncodeUsage(results.Sum(result => (long)result.Segment.WorkUnits), segments.Length, summary.Duration),
            Timing = new EncodeTiming
            {
                Preprocess = prepared,
                Queue = results.Max(result => result.Batched.QueueTime),
                Inference = results.Max(result => result.Batched.RunTime),
                Total = total,
                BatchSize = results.Max(result => result.Batched.BatchSize),
            },
        };
    }

    private static List<MediaWarning> Warnings(MediaItem item, PreprocessingSummary summary, int segments)
    {
        var warnings = summary.Warnings.Select(warning => warning with { ItemId = warning.ItemId ?? item.ItemId }).ToList();
        if (summary.SegmentsAvailable > segments && warnings.TrueForAll(warning => warning.Reason != WarningReasons.SegmentsSampled))
        {
            warnings.Add(new MediaWarning(
                WarningReasons.SegmentsSampled, $"{segments} of {summary.SegmentsAvailable} segments were encoded, evenly chosen.", item.ItemId));
        }

        return warnings;
    }

    private void CheckItem(MediaItem item)
    {
        if (!setup.Tracks.Contains(item.Track))
        {
            throw SensoriumException.Invalid(
                ErrorReasons.UnsupportedTrack,
                $"The {setup.Name} encoder takes the tracks {string.Join(", ", setup.Tracks)}, but {item.Track} was asked for.",
                "track");
        }

        // A track of a video goes to the encoder of that track, under the modality of the video.
        if (item.Modality is { } modality && modality != setup.Modality && TrackTable.EncoderOf(modality, item.Track) != setup.Modality)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.ModalityMismatch, $"The {setup.Name} encoder takes {setup.Modality}, but the medium is {modality}.", "modality");
        }
    }

    private void CheckSize(IMediaContent content)
    {
        if (setup.Options.MaxItemBytes > 0 && content.SizeBytes > setup.Options.MaxItemBytes)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.MediaTooLarge, $"The medium has {content.SizeBytes:N0} bytes; at most {setup.Options.MaxItemBytes:N0} are allowed.");
        }
    }
}
