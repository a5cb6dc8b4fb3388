using System.Threading.Channels;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Carries the events of one request from the decoding thread to its caller. Bounded: the decoding thread never waits, a
/// caller that falls behind is ended.
/// </summary>
internal sealed class CaptionStream(int capacity)
{
    private readonly Channel<CaptionEvent> _events = Channel.CreateBounded<CaptionEvent>(
        new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });

    public ChannelReader<CaptionEvent> Reader => _events.Reader;

    /// <summary>Throws SLOW_READER if the caller is too far behind.</summary>
    public void Write(CaptionEvent next)
    {
        if (!_events.Writer.TryWrite(next))
        {
            throw new SensoriumException(
                ErrorCode.ResourceExhausted,
                ErrorReasons.SlowReader,
                $"The reader of this stream is {capacity} events behind; the stream is ended so that others are not held up.");
        }
    }

    public void Complete(Exception? error = null) => _events.Writer.TryComplete(error);
}
