using Sensorium.V1;

namespace Sensorium.Client;

public sealed partial class SensoriumClient
{
    /// <summary>
    /// Says what frames and sound show while they come in: one event with <see cref="LiveEvent.Started"/>, what is noticed, and one
    /// with <see cref="LiveEvent.Finished"/> when all that was sent has been dealt with.
    /// </summary>
    /// <param name="header">What is to be said.</param>
    /// <param name="messages">Frames and sounds, when they are there: what comes too fast is skipped.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public IAsyncEnumerable<LiveEvent> LiveAsync(LiveHeader header, IAsyncEnumerable<LiveRequest> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(messages);
        var all = messages.Prepend(new LiveRequest { Header = header });
        return ToItsEndAsync(
            ExchangeAsync(stop => _service.Live(cancellationToken: stop), all, cancellationToken).Select(answer => answer.Event),
            said => said.Finished is not null,
            1,
            "The stream ended before all of it was dealt with.",
            cancellationToken);
    }
}
