using System.Runtime.CompilerServices;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Gateway.Grpc;

/// <summary>Runs one stream that fills a collection.</summary>
internal sealed class IndexStream(IndexOperation index, BoundedWriter writer)
{
    public async Task RunAsync(
        IAsyncStreamReader<V1.IndexRequest> requests, IServerStreamWriter<V1.IndexResponse> responses, ServerCallContext context)
    {
        var header = await ReadHeaderAsync(requests, context.CancellationToken);
        var requestId = RequestIds.OrNew(header.RequestId);
        var plan = header.ToPlan(requestId);
        await foreach (var said in index.RunAsync(plan, ReadAsync(requests, context.CancellationToken), context.CancellationToken))
        {
            await writer.WriteAsync(responses, said.ToProto(requestId), context.CancellationToken);
        }
    }

    private static async Task<V1.IndexHeader> ReadHeaderAsync(IAsyncStreamReader<V1.IndexRequest> requests, CancellationToken cancellationToken) =>
        await requests.MoveNext(cancellationToken) && requests.Current.PartCase == V1.IndexRequest.PartOneofCase.Header
            ? requests.Current.Header
            : throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "The first message of an index stream must carry its header.", "header");

    private static async IAsyncEnumerable<IndexEntry> ReadAsync(
        IAsyncStreamReader<V1.IndexRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long index = 0; await requests.MoveNext(cancellationToken); index++)
        {
            yield return requests.Current.PartCase == V1.IndexRequest.PartOneofCase.Item
                ? requests.Current.Item.ToEntry(index)
                : throw SensoriumException.Invalid(
                    ErrorReasons.InvalidParameter, "Every message of an index stream after the first must carry an item.", "item");
        }
    }
}
