using System.Runtime.CompilerServices;
using Grpc.Core;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>What one request is answered with. Ending the enumeration ends the call.</summary>
    private static async IAsyncEnumerable<TResponse> ReadAsync<TResponse>(
        Func<CancellationToken, AsyncServerStreamingCall<TResponse>> open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = open(cancellationToken);
        while (await TranslateAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            yield return call.ResponseStream.Current;
        }
    }

    /// <summary>Passes answers on, and fails where they end too early.</summary>
    /// <param name="answers">Of a call.</param>
    /// <param name="isLast">Whether one is of those that must come.</param>
    /// <param name="owed">How many of those there are.</param>
    /// <param name="otherwise">What is said if fewer came.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    private static async IAsyncEnumerable<T> ToItsEndAsync<T>(
        IAsyncEnumerable<T> answers, Func<T, bool> isLast, int owed, string otherwise, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var answer in answers.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            owed -= isLast(answer) ? 1 : 0;
            yield return answer;
        }

        if (owed > 0)
        {
            throw new SensoriumCallException(StatusCode.Unavailable, SensoriumCallException.IncompleteStream, otherwise);
        }
    }
}
