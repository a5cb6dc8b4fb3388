using System.Net.WebSockets;
using Google.Protobuf;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Gateway.Grpc.Live;

/// <summary>Writes messages as JSON, to a caller who may have stopped reading.</summary>
internal sealed class SocketWriter(WebSocket socket, TimeSpan timeout)
{
    public Task WriteAsync(V1.LiveResponse response, CancellationToken cancellationToken) =>
        WriteAsync(JsonFormatter.Default.Format(response), cancellationToken);

    public Task WriteErrorAsync(V1.ErrorStatus error, CancellationToken cancellationToken) =>
        WriteAsync($$"""{ "error": {{JsonFormatter.Default.Format(error)}} }""", cancellationToken);

    public async Task CloseAsync(WebSocketCloseStatus status, string reason, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(timeout);
        await socket.CloseOutputAsync(status, reason, late.Token);
    }

    /// <exception cref="SensoriumException">SLOW_READER: the message was not taken in time.</exception>
    private async Task WriteAsync(string json, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        late.CancelAfter(timeout);
        try
        {
            await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, late.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw BoundedWriter.SlowReader(timeout);
        }
    }
}
