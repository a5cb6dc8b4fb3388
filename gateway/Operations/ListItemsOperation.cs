using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Gateway.Operations.Searching;
using Sensorium.Index;
using Sensorium.Index.Collections;
using Sensorium.Index.Filters;

namespace Sensorium.Gateway.Operations;

/// <summary>Lists the items of a collection by their ids.</summary>
internal sealed class ListItemsOperation(CollectionDirectory collections, IOptions<IndexOptions> options)
{
    private const int DefaultPageSize = 100;

    public async Task<ItemPage> RunAsync(ItemQuestion question, CancellationToken cancellationToken)
    {
        var size = PageSizes.Check(question.PageSize, DefaultPageSize, options.Value.MaxPageSize);
        if (question.Parts.HasFlag(ItemParts.Content) && size != 1)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "with_content is for one item at a time; set page_size to 1.", "with_content");
        }

        var filter = ItemFilter.Parse(question.Filter, "filter");
        var collection = await collections.FindAsync(question.Collection, "collection", cancellationToken);
        var request = System.Text.Encoding.UTF8.GetBytes($"{question.Collection}\n{question.Filter}");
        var after = PageTokens.Read(question.PageToken, request) ?? "";
        var items = await collection.EnumerateAsync(filter, after, question.Parts, cancellationToken).Take(size + 1).ToListAsync(cancellationToken);
        return items.Count > size
            ? new ItemPage([.. items.Take(size)], PageTokens.Write(items[size - 1].Facts.Id, request))
            : new ItemPage(items, "");
    }
}

/// <param name="Filter">Empty for all.</param>
/// <param name="PageSize">0 for the default.</param>
/// <param name="PageToken">Empty for the first page.</param>
internal sealed record ItemQuestion(string Collection, string Filter, int PageSize, string PageToken, ItemParts Parts);

/// <param name="NextPageToken">Empty on the last page.</param>
internal sealed record ItemPage(IReadOnlyList<IndexedItem> Items, string NextPageToken);
