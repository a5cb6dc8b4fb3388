using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Index;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>
/// Turns media into the segments that are kept of them. A video is its frames, its sound and its subtitles, as far as it has them.
/// Encoders that are overloaded are given time.
/// </summary>
internal sealed class SegmentEncoder(Embedder embedder, IOptions<IndexOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="SensoriumException">An encoder that is needed does not answer, or stays overloaded.</exception>
    public async Task EncodeAsync(
        IReadOnlyList<EntryWork> work, CollectionDefinition collection, EncodeBatch template, HashSet<ModelIdentity> models, CancellationToken cancellationToken)
    {
        if (work.Count == 0)
        {
            return;
        }

        var parts = work.SelectMany(Parts).ToArray();
        await EncodeAsync(parts, template with { Model = CollectionDirectory.SelectorOf(collection.Model) }, cancellationToken);
        foreach (var part in parts)
        {
            part.CheckSpace(collection);
        }

        foreach (var group in parts.GroupBy(part => part.Work))
        {
            Take(group.Key, [.. group], models);
        }
    }

    private static IEnumerable<MediumPart> Parts(EntryWork work)
    {
        var item = work.Medium!.Item!;
        if (item.Track != MediaTrack.Default || !TrackTable.HasTracks(item.Modality!.Value))
        {
            return [new MediumPart(work, work.Medium, item.Track, IsImplied: false)];
        }

        return TrackTable.ImpliedBy(item.Modality.Value).Select(row => new MediumPart(
            work, work.Medium with { Item = item with { Track = row.Track, ItemId = $"{item.ItemId}/{row.Name}" } }, row.Track, IsImplied: true));
    }

    private async Task EncodeAsync(MediumPart[] parts, EncodeBatch template, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        for (var open = parts; open.Length > 0; open = [.. parts.Where(part => part.IsOverloaded)])
        {
            if (open.Length < parts.Length || parts[0].Outcome is not null)
            {
                var overload = open[0].Outcome!.Error!;
                if (time.GetElapsedTime(started) > options.Value.OverloadPatience)
                {
                    throw overload;
                }

                var pause = overload.RetryAfter!.Value;
                await Task.Delay(pause < ShortestPause ? ShortestPause : pause, time, cancellationToken);
            }

            await EncodeOnceAsync(open, template, cancellationToken);
        }
    }

    private async Task EncodeOnceAsync(MediumPart[] parts, EncodeBatch template, CancellationToken cancellationToken)
    {
        try
        {
            var outcomes = await embedder.EmbedAsync([.. parts.Select(part => part.Medium)], template, cancellationToken);
            for (var i = 0; i < parts.Length; i++)
            {
                parts[i].Outcome = outcomes[i];
            }
        }
        catch (SensoriumException error)
        {
            foreach (var part in parts)
            {
                part.Outcome = EncodeOutcome.Failed(part.Medium.ItemId, error);
            }
        }
    }

    /// <summary>A video whose sound cannot be read is still its frames; one of which nothing can be read fails by its first part.</summary>
    private static void Take(EntryWork work, MediumPart[] parts, HashSet<ModelIdentity> models)
    {
        var good = parts.Where(part => part.Outcome!.Encoded is not null).ToArray();
        if (good.Length == 0)
        {
            var error = parts[0].Outcome!.Error!;
            work.Error = error.Code == ErrorCode.Unavailable ? throw error : error;
            return;
        }

        foreach (var part in good)
        {
            models.Add(part.Outcome!.Encoded!.Model);
            work.Segments.AddRange(part.Segments());
            work.Warnings.AddRange(part.Outcome.Warnings.Select(warning => warning with { ItemId = work.Id }));
            work.Duration ??= part.Outcome.Usage.MediaDuration;
        }

        work.Warnings.AddRange(parts.Select(part => part.Missing()).OfType<string>().Select(missing => new MediaWarning(WarningReasons.TrackMissing, missing, work.Id)));
    }
}
