using Grpc.Core;
using Sensorium.Hosting.Grpc.Errors;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Streams of answers from other services.</summary>
internal static class PeerStream
{
    /// <summary>The next answer; null behind the last. Fails as <see cref="PeerErrors.Translate"/> says.</summary>
    public static async Task<T?> NextAsync<T>(this IAsyncStreamReader<T> stream, string service, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await stream.MoveNext(cancellationToken) ? stream.Current : null;
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, service, cancellationToken);
        }
    }
}
