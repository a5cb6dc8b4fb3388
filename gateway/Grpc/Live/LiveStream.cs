using System.Runtime.CompilerServices;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Live;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Gateway.Grpc.Live;

/// <summary>Runs one stream that is looked at while it comes in.</summary>
internal sealed class LiveStream(LiveOperation live, BoundedWriter writer)
{
    public async Task RunAsync(
        IAsyncStreamReader<V1.LiveRequest> requests, IServerStreamWriter<V1.LiveResponse> responses, ServerCallContext context)
    {
        CheckGoesBothWays(context);
        var header = await ReadHeaderAsync(requests, context.CancellationToken);
        var requestId = RequestIds.OrNew(header.RequestId);
        var plan = header.ToPlan(requestId);
        await foreach (var said in live.RunAsync(plan, ReadAsync(requests), context.CancellationToken))
        {
            await writer.WriteAsync(responses, new V1.LiveResponse { Event = said.ToProto(requestId) }, context.CancellationToken);
        }
    }

    // Over HTTP/1.1 a caller of the Connect protocol hears nothing before it has sent all.
    private static void CheckGoesBothWays(ServerCallContext context)
    {
        if (context.GetHttpContext().Request.ContentType?.StartsWith("application/connect+", StringComparison.Ordinal) == true)
        {
            throw new SensoriumException(
                ErrorCode.Unimplemented,
                ErrorReasons.UnknownMethod,
                "Live goes both ways at once, which the Connect protocol over HTTP/1.1 does not; call it over gRPC, or over a WebSocket at /live.");
        }
    }

    private static async Task<V1.LiveHeader> ReadHeaderAsync(IAsyncStreamReader<V1.LiveRequest> requests, CancellationToken cancellationToken) =>
        await requests.MoveNext(cancellationToken) && requests.Current.PartCase == V1.LiveRequest.PartOneofCase.Header
            ? requests.Current.Header
            : throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "The first message of a live stream must carry its header.", "header");

    private static async IAsyncEnumerable<LiveInput> ReadAsync(
        IAsyncStreamReader<V1.LiveRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            yield return requests.Current.ToInput();
        }
    }
}
