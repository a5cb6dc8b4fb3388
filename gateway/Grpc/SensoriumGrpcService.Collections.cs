using Grpc.Core;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Gateway.Grpc;

/// <summary>What has to do with collections.</summary>
internal sealed partial class SensoriumGrpcService
{
    public override Task Index(
        IAsyncStreamReader<V1.IndexRequest> requestStream, IServerStreamWriter<V1.IndexResponse> responseStream, ServerCallContext context) =>
        index.RunAsync(requestStream, responseStream, context);

    public override async Task<V1.SearchResponse> Search(V1.SearchRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        return (await search.RunAsync(request.ToQuestion(requestId, context.DeadlineIfAny()), context.CancellationToken)).ToProto(requestId);
    }

    public override async Task<V1.ListItemsResponse> ListItems(V1.ListItemsRequest request, ServerCallContext context) =>
        (await listItems.RunAsync(request.ToQuestion(), context.CancellationToken)).ToProto();

    public override async Task<V1.DeleteResponse> Delete(V1.DeleteRequest request, ServerCallContext context)
    {
        var deleted = await delete.RunAsync(request.Collection, request.Ids, request.Filter, context.CancellationToken);
        return new V1.DeleteResponse { Deleted = deleted.Count, MissingIds = { deleted.MissingIds } };
    }

    public override Task<V1.CollectionsResponse> Collections(V1.CollectionsRequest request, ServerCallContext context) =>
        collections.RunAsync(request, context.CancellationToken);
}
