using Sensorium.V1;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>
    /// Answers a conversation of words and media. Ending the enumeration ends the decoding. The events come in the order that the
    /// contract gives: Started, then deltas, then one Finished for every choice.
    /// </summary>
    public IAsyncEnumerable<CaptionEvent> GenerateAsync(SensoriumServiceGenerateRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ToItsEndAsync(
            ReadAsync(stop => _service.Generate(request, cancellationToken: stop), cancellationToken).Select(answer => answer.Event),
            said => said.Finished is not null,
            Math.Max(1, request.Parameters?.N ?? 1),
            "The answer ended before it was finished.",
            cancellationToken);
    }
}
