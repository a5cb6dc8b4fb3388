using System.Buffers;
using System.IO.Pipelines;

namespace Sensorium.Hosting.Hosts.Http2;

/// <summary>What is read from a pipe, shown to an observer once, as it comes.</summary>
internal sealed class ObservedInput(PipeReader inner, Action<ReadOnlySequence<byte>> observe) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;
    private long _observed;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Observe(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        if (!inner.TryRead(out result))
        {
            return false;
        }

        result = Observe(result);
        return true;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _observed -= _buffer.Slice(0, consumed).Length;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    // What was not consumed comes again, with more behind it.
    private ReadResult Observe(ReadResult result)
    {
        _buffer = result.Buffer;
        observe(_buffer.Slice(_observed));
        _observed = _buffer.Length;
        return result;
    }
}
