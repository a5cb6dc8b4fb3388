using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Clients.UnitTests;

internal sealed partial class ScriptedGateway
{
    public IndexHeader? IndexHeader { get; private set; }

    public List<IndexItem> Indexed { get; } = [];

    public List<SearchRequest> Searches { get; } = [];

    public List<CollectionsRequest> CollectionRequests { get; } = [];

    public Func<IndexItem, long, IndexedItem> OnIndex { get; set; } = (_, _) => new IndexedItem();

    public Func<ListItemsRequest, ListItemsResponse> OnListItems { get; set; } = _ => new ListItemsResponse();

    public Func<SearchRequest, SearchResponse> OnSearch { get; set; } = _ => new SearchResponse();

    public Func<DeleteRequest, DeleteResponse> OnDelete { get; set; } = _ => new DeleteResponse();

    public Func<CollectionsRequest, CollectionsResponse> OnCollections { get; set; } = _ => new CollectionsResponse();

    public override async Task Index(IAsyncStreamReader<IndexRequest> requestStream, IServerStreamWriter<IndexResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync())
        {
            IndexHeader = request.Header ?? IndexHeader;
            if (request.Item is { } item)
            {
                Indexed.Add(item);
                await responseStream.WriteAsync(new IndexResponse { Item = OnIndex(item, Indexed.Count - 1) });
            }
        }

        await responseStream.WriteAsync(new IndexResponse { Finished = new IndexFinished() });
    }

    public override Task<ListItemsResponse> ListItems(ListItemsRequest request, ServerCallContext context) => Task.FromResult(OnListItems(request));

    public override Task<SearchResponse> Search(SearchRequest request, ServerCallContext context)
    {
        Searches.Add(request);
        return Task.FromResult(OnSearch(request));
    }

    public override Task<DeleteResponse> Delete(DeleteRequest request, ServerCallContext context) => Task.FromResult(OnDelete(request));

    public override Task<CollectionsResponse> Collections(CollectionsRequest request, ServerCallContext context)
    {
        CollectionRequests.Add(request);
        return Task.FromResult(OnCollections(request));
    }
}
