using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Hosting.Settings;
using Sensorium.Index;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations;

/// <summary>Fills a collection. Items fail one by one; what is answered is kept.</summary>
internal sealed class IndexOperation(
    CollectionDirectory collections, BatchIndexer indexer, IOptions<IndexOptions> options, IOptions<HostingOptions> host)
{
    private int BatchItems => Math.Min(options.Value.BatchItems, host.Value.MaxItems);

    /// <param name="plan">What holds for all items.</param>
    /// <param name="entries">As they arrive.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">There are no items, the collection is not there, or encoders or the store do not answer.</exception>
    public async IAsyncEnumerable<IndexEvent> RunAsync(
        IndexPlan plan, IAsyncEnumerable<IndexEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // One that is to be made is made with its first items.
        CollectionRules.CheckName(plan.Collection, "header.collection");
        var collection = plan.Create ? null : await collections.FindAsync(plan.Collection, "header.collection", cancellationToken);
        if (collection is not null)
        {
            await collections.CheckModelAsync(collection.Definition, plan.Model, cancellationToken);
        }

        var counts = Enum.GetValues<IndexResult>().ToDictionary(result => result, _ => 0L);
        var models = new HashSet<ModelIdentity>();
        await foreach (var batch in EntryBatches.ReadAsync(entries, BatchItems, cancellationToken))
        {
            collection ??= await collections.FindOrCreateAsync(plan.Collection, plan.Model, cancellationToken);
            foreach (var item in await indexer.IndexAsync(collection, plan, batch, models, cancellationToken))
            {
                counts[item.Result]++;
                yield return item;
            }
        }

        yield return collection is not null && counts.Values.Sum() > 0
            ? new IndexDone(counts, collection.Definition.SpaceId, [.. models])
            : throw SensoriumException.Invalid(ErrorReasons.NoMedia, "The stream has no items; send at least one after the header.", "item");
    }
}
