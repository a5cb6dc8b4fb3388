using Grpc.Core;
using Sensorium.Core.Errors;
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

    /// <summary>
    /// The same, for streams of callers who may have given no deadline: a service that hangs must not hold them for ever. The call has
    /// to be disposed of after that.
    /// </summary>
    /// <param name="stream">Of a call.</param>
    /// <param name="service">Whose it is.</param>
    /// <param name="patience">The longest silence.</param>
    /// <param name="time">By which it is measured.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    public static async Task<T?> NextAsync<T>(
        this IAsyncStreamReader<T> stream, string service, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        var next = stream.NextAsync(service, cancellationToken);
        try
        {
            return await next.WaitAsync(patience, time, CancellationToken.None);
        }
        catch (TimeoutException) when (!next.IsCompleted)
        {
            // It fails when the call is disposed of, and nobody waits for it.
            _ = next.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw new SensoriumException(
                ErrorCode.Unavailable, ErrorReasons.PeerUnavailable, $"The {service} service has said nothing for {patience.TotalSeconds:0.#} s.")
            {
                Metadata = new Dictionary<string, string> { ["service"] = service },
            };
        }
    }
}
