using System.Runtime.CompilerServices;
using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>
    /// Answers a conversation of words and media. Ending the enumeration ends the decoding. The events come in the order that the
    /// contract gives: Started, then deltas, then one Finished for every choice.
    /// </summary>
    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(
        SensoriumServiceGenerateRequest request, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var call = _service.Generate(request, cancellationToken: cancellationToken);
        var missing = Math.Max(1, request.Parameters?.N ?? 1);
        while (await TranslateAsync(() => call.ResponseStream.MoveNext(cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            var said = call.ResponseStream.Current.Event;
            missing -= said.Finished is null ? 0 : 1;
            yield return said;
        }

        if (missing > 0)
        {
            throw new SensoriumCallException(
                StatusCode.Unavailable, SensoriumCallException.IncompleteStream, "The answer ended before it was finished.");
        }
    }
}
