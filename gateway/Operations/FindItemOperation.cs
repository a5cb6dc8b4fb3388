using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations;

/// <summary>Finds one item of a collection by its id.</summary>
internal sealed class FindItemOperation(CollectionDirectory collections)
{
    /// <exception cref="SensoriumException">COLLECTION_NOT_FOUND, or ITEM_NOT_FOUND.</exception>
    public async Task<IndexedItem> RunAsync(string collection, string id, ItemParts parts, CancellationToken cancellationToken)
    {
        var items = await collections.FindAsync(collection, "collection", cancellationToken);
        var found = await items.GetAsync([id], parts, cancellationToken);
        return found.Count == 1
            ? found[0]
            : throw NotFound($"Collection \"{collection}\" has no item \"{id}\".");
    }

    public static SensoriumException NotFound(string message) => new(ErrorCode.NotFound, ErrorReasons.ItemNotFound, message) { Field = "id" };
}
