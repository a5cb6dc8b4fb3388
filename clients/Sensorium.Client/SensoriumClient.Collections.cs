using System.Runtime.CompilerServices;
using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>
    /// Fills a collection: sends items as they come, and answers each when it is kept, then one response with
    /// <see cref="IndexResponse.Finished"/>. What was answered before a failure is kept.
    /// </summary>
    public IAsyncEnumerable<IndexResponse> IndexAsync(IndexHeader header, IAsyncEnumerable<IndexItem> items, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(items);
        var messages = items.Select(item => new IndexRequest { Item = item }).Prepend(new IndexRequest { Header = header });
        return ToItsEndAsync(
            ExchangeAsync(stop => _service.Index(cancellationToken: stop), messages, cancellationToken),
            answer => answer.Finished is not null,
            1,
            "The stream ended before all items were answered.",
            cancellationToken);
    }

    /// <summary>Finds items of a collection.</summary>
    public Task<SearchResponse> SearchAsync(SearchRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.SearchAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>All items of a collection that fit a filter, page by page.</summary>
    public async IAsyncEnumerable<Item> ListItemsAsync(
        ListItemsRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var next = request.Clone();
        do
        {
            var page = await TranslateAsync(
                () => _service.ListItemsAsync(next, CallOptions(cancellationToken)).ResponseAsync, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            next.PageToken = page.NextPageToken;
        }
        while (next.PageToken.Length > 0);
    }

    /// <summary>Deletes items of a collection, by their ids or by a filter.</summary>
    public Task<DeleteResponse> DeleteAsync(DeleteRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.DeleteAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Lists, creates, describes or drops collections.</summary>
    public Task<CollectionsResponse> CollectionsAsync(CollectionsRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.CollectionsAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);
}
