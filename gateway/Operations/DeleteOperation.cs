using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Index.Collections;
using Sensorium.Index.Filters;

namespace Sensorium.Gateway.Operations;

/// <summary>Deletes items of a collection, by their ids or by a filter.</summary>
internal sealed class DeleteOperation(CollectionDirectory collections)
{
    private const int ItemsOfOneStep = 256;

    public async Task<Deleted> RunAsync(string name, IReadOnlyList<string> ids, string filter, CancellationToken cancellationToken)
    {
        if (ids.Count > 0 == filter.Length > 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "Give either ids or a filter; to delete everything, drop the collection.", "ids");
        }

        var condition = ItemFilter.Parse(filter, "filter");
        if (ids.Count == 0 && condition is null)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidFilter, "filter is blank; to delete everything, drop the collection.", "filter");
        }

        var collection = await collections.FindAsync(name, "collection", cancellationToken);
        return condition is null ? await DeleteAsync(collection, ids, cancellationToken) : await DeleteAsync(collection, condition, cancellationToken);
    }

    private static async Task<Deleted> DeleteAsync(ICollectionItems collection, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        string[] distinct = [.. ids.Distinct(StringComparer.Ordinal)];
        var deleted = await collection.DeleteAsync(distinct, cancellationToken);
        return new Deleted(deleted.Count, [.. distinct.Except(deleted, StringComparer.Ordinal)]);
    }

    private static async Task<Deleted> DeleteAsync(ICollectionItems collection, ItemFilter condition, CancellationToken cancellationToken)
    {
        var count = 0L;
        var items = collection.EnumerateAsync(condition, "", ItemParts.None, cancellationToken);
        await foreach (var step in items.Select(item => item.Facts.Id).Chunk(ItemsOfOneStep).WithCancellation(cancellationToken))
        {
            count += (await collection.DeleteAsync(step, cancellationToken)).Count;
        }

        return new Deleted(count, []);
    }
}

/// <param name="MissingIds">Those of the ids that were not there.</param>
internal sealed record Deleted(long Count, IReadOnlyList<string> MissingIds);
