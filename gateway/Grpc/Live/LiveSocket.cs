using System.Net.WebSockets;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Live;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Policies.Draining;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Grpc.Live;

/// <summary>
/// Runs one live stream over a WebSocket. The caller sends the header as JSON, then frames and sounds as binary messages
/// (<see cref="SocketReader"/>), and "end" as text when that is all; events come as JSON, and what ends the stream early as its last message.
/// </summary>
internal sealed partial class LiveSocket(
    LiveOperation live, CallTracker calls, IOptions<LiveOptions> pauses, IOptions<HostingOptions> options, ILogger<LiveSocket> logger)
{
    public async Task RunAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(SocketKeys.AcceptedOf(context.WebSockets));
        var reader = new SocketReader(socket, options.Value.MaxInlineBytes);
        var writer = new SocketWriter(socket, options.Value.SlowReaderTimeout);
        try
        {
            var header = await ReadHeaderAsync(reader, context.RequestAborted);
            var requestId = RequestIds.OrNew(header.RequestId);
            await foreach (var said in live.RunAsync(header.ToPlan(requestId), reader.ReadAllAsync(), context.RequestAborted))
            {
                await writer.WriteAsync(new V1.LiveResponse { Event = said.ToProto(requestId) }, context.RequestAborted);
            }

            await writer.CloseAsync(WebSocketCloseStatus.NormalClosure, "", context.RequestAborted);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException && (socket.State != WebSocketState.Open || context.RequestAborted.IsCancellationRequested))
        {
            context.Features.Get<CallRecord>()?.Fail(new SensoriumException(ErrorCode.Cancelled, ErrorReasons.Cancelled, "The caller left."));
        }
        catch (Exception fault)
        {
            await FailAsync(Translate(fault), writer, context);
        }
    }

    // Whoever has not said yet what is wanted is not among the streams, which are bounded.
    private async Task<V1.LiveHeader> ReadHeaderAsync(SocketReader reader, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, calls.Draining);
        late.CancelAfter(pauses.Value.IdleTimeout);
        try
        {
            return await reader.ReadHeaderAsync(late.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw LiveEnds.Of($"No header came within {pauses.Value.IdleTimeout}.", calls.Draining);
        }
    }

    private static async Task FailAsync(SensoriumException error, SocketWriter writer, HttpContext context)
    {
        context.Features.Get<CallRecord>()?.Fail(error);
        try
        {
            await writer.WriteErrorAsync(error.ToErrorStatus(), context.RequestAborted);
            var status = error.Code == ErrorCode.Internal ? WebSocketCloseStatus.InternalServerError : WebSocketCloseStatus.PolicyViolation;
            await writer.CloseAsync(status, error.Reason, context.RequestAborted);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // Nobody is there any more to be told.
        }
    }

    private SensoriumException Translate(Exception fault)
    {
        if (fault is SensoriumException { Code: not ErrorCode.Internal } known)
        {
            return known;
        }

        LogFault(fault);
        return fault as SensoriumException
            ?? new SensoriumException(ErrorCode.Internal, ErrorReasons.InternalFault, $"{LiveSocketFace.Path} failed unexpectedly; the log of the service says why.");
    }

    [LoggerMessage(7201, LogLevel.Error, "A live stream over a WebSocket failed")]
    private partial void LogFault(Exception fault);
}
