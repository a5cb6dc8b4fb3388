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
    public async IAsyncEnumerable<IndexResponse> IndexAsync(
        IndexHeader header, IAsyncEnumerable<IndexItem> items, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(items);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = _service.Index(cancellationToken: stop.Token);
        var sending = SendAsync(call.RequestStream, header, items, stop);
        var finished = false;
        try
        {
            while (await MoveNextAsync().ConfigureAwait(false))
            {
                finished |= call.ResponseStream.Current.Finished is not null;
                yield return call.ResponseStream.Current;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (!finished)
        {
            throw new SensoriumCallException(
                StatusCode.Unavailable, SensoriumCallException.IncompleteStream, "The stream ended before all items were answered.");
        }

        async Task<bool> MoveNextAsync()
        {
            try
            {
                return await TranslateAsync(() => call.ResponseStream.MoveNext(stop.Token), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (sending.IsFaulted)
            {
                // The items themselves could not be read; that is the cause, and the end of the call its effect.
                await sending.ConfigureAwait(false);
                throw;
            }
        }
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

    private static async Task SendAsync(
        IClientStreamWriter<IndexRequest> requests, IndexHeader header, IAsyncEnumerable<IndexItem> items, CancellationTokenSource stop)
    {
        try
        {
            await requests.WriteAsync(new IndexRequest { Header = header }, stop.Token).ConfigureAwait(false);
            await foreach (var item in items.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                await requests.WriteAsync(new IndexRequest { Item = item }, stop.Token).ConfigureAwait(false);
            }

            await requests.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The gateway ended the call; its answer says why.
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
