using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Intake;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>Encodes a group of items and keeps them, all that are good in one step.</summary>
internal sealed class BatchIndexer(MediaIntake intake, SegmentEncoder encoder, ItemPreparer preparer)
{
    /// <summary>One answer for each entry, in order.</summary>
    /// <param name="models">Those that encoded are added.</param>
    /// <exception cref="SensoriumException">An encoder or the store does not answer; nothing of the group is kept.</exception>
    public async Task<IReadOnlyList<ItemIndexed>> IndexAsync(
        ICollectionItems collection, IndexPlan plan, IReadOnlyList<IndexEntry> entries, HashSet<ModelIdentity> models, CancellationToken cancellationToken)
    {
        await using var media = await ReceiveAsync(entries, cancellationToken);
        var work = entries.Select(entry => new EntryWork(entry)).ToArray();
        foreach (var (one, medium) in work.Where(one => one.Entry.Media is not null).Zip(media.Media))
        {
            one.Medium = medium;
        }

        foreach (var one in work)
        {
            one.Try(() => ItemPreparer.Prepare(one, collection.Definition));
        }

        var known = (await collection.GetAsync([.. work.Where(one => one.Error is null).Select(one => one.Id).Distinct()], ItemParts.None, cancellationToken))
            .ToDictionary(item => item.Facts.Id, item => item.Facts, StringComparer.Ordinal);
        SkipUnchanged(work, plan, known);
        await encoder.EncodeAsync([.. work.Where(one => one is { IsOpen: true, Medium: not null })], collection.Definition, plan.Encoding, models, cancellationToken);
        await KeepAsync(work, collection, plan, cancellationToken);
        return [.. work.Select(one => Answer(one, known))];
    }

    private async Task<ReceivedBatch> ReceiveAsync(IReadOnlyList<IndexEntry> entries, CancellationToken cancellationToken)
    {
        // Ids within a group are places: the same item may come twice, and the later one stays.
        MediaInput[] inputs = [.. entries.Where(entry => entry.Media is not null).Select(entry => entry.Media! with { ItemId = $"{entry.Index}" })];
        return inputs.Length == 0 ? new ReceivedBatch([]) : await intake.ReceiveAsync(inputs, "item", cancellationToken);
    }

    private static void SkipUnchanged(EntryWork[] work, IndexPlan plan, Dictionary<string, ItemFacts> known)
    {
        if (!plan.SkipUnchanged)
        {
            return;
        }

        // Not where the group brings the item again: what came before it may have changed it.
        var once = work.CountBy(one => one.Id).Where(pair => pair.Value == 1).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var one in work.Where(one => one is { IsOpen: true, Medium: not null } && once.Contains(one.Id)))
        {
            one.IsUnchanged = known.TryGetValue(one.Id, out var facts) && facts.Sha256 == one.Sha256 && facts.Metadata.Equals(one.Entry.Metadata);
        }
    }

    private async Task KeepAsync(EntryWork[] work, ICollectionItems collection, IndexPlan plan, CancellationToken cancellationToken)
    {
        var items = new List<IndexedItem>();
        foreach (var one in work.Where(one => one.IsOpen))
        {
            await one.TryAsync(async () => items.Add(await preparer.FinishAsync(one, plan.KeepContent, cancellationToken)));
        }

        if (items.Count > 0)
        {
            await collection.UpsertAsync(items, cancellationToken);
        }
    }

    private static ItemIndexed Answer(EntryWork one, Dictionary<string, ItemFacts> known)
    {
        if (one.Error is { } error)
        {
            return new ItemIndexed(one.Entry.Index, one.Id, IndexResult.Failed, 0, one.Warnings, error);
        }

        if (one.IsUnchanged)
        {
            return new ItemIndexed(one.Entry.Index, one.Id, IndexResult.Unchanged, 0, one.Warnings);
        }

        var result = known.TryAdd(one.Id, one.Facts!) ? IndexResult.Added : IndexResult.Replaced;
        return new ItemIndexed(one.Entry.Index, one.Id, result, one.Segments.Count, one.Warnings);
    }
}
