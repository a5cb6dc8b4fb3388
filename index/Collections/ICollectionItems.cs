using Sensorium.Index.Filters;

namespace Sensorium.Index.Collections;

/// <summary>The items of one collection. Safe for concurrent use; a reader sees each item as it was before or after a change, never half.</summary>
public interface ICollectionItems
{
    CollectionDefinition Definition { get; }

    Task<CollectionSize> CountAsync(CancellationToken cancellationToken);

    /// <summary>Puts items in, or in the place of those of the same id. When it returns they are kept, also if the process dies.</summary>
    Task UpsertAsync(IReadOnlyList<IndexedItem> items, CancellationToken cancellationToken);

    /// <summary>Answers those of the ids that were there.</summary>
    Task<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>The best matches, best first.</summary>
    Task<IReadOnlyList<ItemMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken);

    /// <summary>Those of the ids that are there, in any order.</summary>
    Task<IReadOnlyList<IndexedItem>> GetAsync(IReadOnlyCollection<string> ids, ItemParts parts, CancellationToken cancellationToken);

    /// <summary>All items in the ordinal order of their ids.</summary>
    /// <param name="filter">Null for all.</param>
    /// <param name="afterId">Items up to this one are left out; empty for none.</param>
    /// <param name="parts">What is read of each.</param>
    /// <param name="cancellationToken">Of the call.</param>
    IAsyncEnumerable<IndexedItem> EnumerateAsync(ItemFilter? filter, string afterId, ItemParts parts, CancellationToken cancellationToken);
}
