using System.Runtime.CompilerServices;
using Grpc.Core;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>Sends messages as they come, and answers what is answered meanwhile. Ending the enumeration ends the call.</summary>
    private static async IAsyncEnumerable<TResponse> ExchangeAsync<TRequest, TResponse>(
        Func<CancellationToken, AsyncDuplexStreamingCall<TRequest, TResponse>> open,
        IAsyncEnumerable<TRequest> messages,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = open(stop.Token);
        var sending = SendAsync(call.RequestStream, messages, stop);
        try
        {
            while (await MoveNextAsync().ConfigureAwait(false))
            {
                yield return call.ResponseStream.Current;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<bool> MoveNextAsync()
        {
            try
            {
                return await TranslateAsync(() => call.ResponseStream.MoveNext(stop.Token), cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // The messages themselves could not be made; that is the cause, and the end of the call its effect.
                await sending.ConfigureAwait(false);
                throw;
            }
        }
    }

    private static async Task SendAsync<TRequest>(
        IClientStreamWriter<TRequest> requests, IAsyncEnumerable<TRequest> messages, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var message in messages.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                await requests.WriteAsync(message, stop.Token).ConfigureAwait(false);
            }

            await requests.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException || (exception is OperationCanceledException && stop.IsCancellationRequested))
        {
            // The gateway ended the call; its answer says why.
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }
}
