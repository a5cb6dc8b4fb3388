using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace Sensorium.Hosting.Hosts.Http2;

/// <summary>
/// Ends connections that send more frames that ask for nothing than their <see cref="FrameBudget"/> has: PRIORITY, empty DATA and
/// the like, each of which costs the server more than the client.
/// </summary>
internal sealed partial class FloodGuard(ConnectionDelegate next, TimeProvider time, ILogger logger)
{
    public async Task InvokeAsync(ConnectionContext connection)
    {
        var transport = connection.Transport;
        var budget = new FrameBudget(time);
        var frames = new FrameReader((length, type, flags) =>
        {
            if (!budget.Allows(length, type, flags))
            {
                End(connection, type);
            }
        });
        connection.Transport = new Observed(new ObservedInput(transport.Input, frames.Read), new ObservedOutput(transport.Output, budget.Wrote));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
        }
    }

    private void End(ConnectionContext connection, byte type)
    {
        LogFlood(logger, connection.RemoteEndPoint, type);
        connection.Abort(new ConnectionAbortedException("The client sends too many frames that ask for nothing."));
        throw new ConnectionAbortedException("The connection was ended for what the client sent.");
    }

    [LoggerMessage(5037, LogLevel.Information, "A connection of {Client} was ended: it sends too many frames that ask for nothing, the last of type {Type}")]
    private static partial void LogFlood(ILogger logger, EndPoint? client, byte type);

    private sealed record Observed(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
