using System.Threading.Channels;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>What was noticed, on its way to the caller. Whoever notices more than the caller takes waits, and skips meanwhile.</summary>
internal sealed class LiveReporter
{
    private const int Capacity = 64;

    private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    public IAsyncEnumerable<LiveEvent> ReadAllAsync(CancellationToken cancellationToken) => _events.Reader.ReadAllAsync(cancellationToken);

    public ValueTask TellAsync(LiveEvent said, CancellationToken cancellationToken) => _events.Writer.WriteAsync(said, cancellationToken);

    /// <param name="error">What ended the stream; null if it came to its end.</param>
    public void Complete(Exception? error = null) => _events.Writer.TryComplete(error);
}
