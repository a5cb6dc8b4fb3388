using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>Writes the messages of an answer, and the end with what the call failed with.</summary>
internal sealed class ConnectWriter<TResponse>(HttpResponse response, Func<TResponse, byte[]> write) : IServerStreamWriter<TResponse>
{
    private Task _writing = Task.CompletedTask;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TResponse message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(TResponse message, CancellationToken cancellationToken) =>
        _writing = ConnectStream.WriteAsync(response, write(message), cancellationToken);

    /// <param name="failure">Null after a success.</param>
    public Task EndAsync(RpcException? failure)
    {
        if (_writing.IsCompletedSuccessfully)
        {
            return ConnectStream.EndAsync(response, failure);
        }

        // A reader that is too slow for a message is too slow for the end, and has only the connection to learn by.
        response.HttpContext.Abort();
        return Task.CompletedTask;
    }
}
