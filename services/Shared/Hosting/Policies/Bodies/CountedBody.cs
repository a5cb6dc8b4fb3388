using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Sensorium.Hosting.Policies.Bodies;

/// <summary>A request's body whose bytes are counted as they arrive.</summary>
/// <param name="isSequence">
/// The body is a sequence of messages: what was read is dealt with when the next one begins. Else all of it counts until the
/// call ends.
/// </param>
internal sealed class CountedBody(PipeReader inner, CallBytes bytes, bool isSequence) : PipeReader, IRequestBodyPipeFeature
{
    private ReadOnlySequence<byte> _buffer;
    private long _unread;
    private bool _hasRead;

    public PipeReader Reader => this;

    public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(cancellationToken));

    public override bool TryRead(out ReadResult result)
    {
        var isRead = inner.TryRead(out result);
        if (isRead)
        {
            Count(result);
        }

        return isRead;
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        var read = _buffer.Slice(_buffer.Start, consumed).Length;
        _hasRead |= read > 0;
        _unread -= read;
        _buffer = default;
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    private ReadResult Count(ReadResult result)
    {
        _buffer = result.Buffer;
        try
        {
            if (isSequence && _hasRead && _buffer.Length > 0)
            {
                bytes.KeepOnly(_unread);
                _hasRead = false;
            }

            bytes.Take(_buffer.Length - _unread);
            _unread = _buffer.Length;
            return result;
        }
        catch
        {
            // The reader's caller never sees these bytes, and cannot say that it is done with them.
            inner.AdvanceTo(_buffer.End);
            throw;
        }
    }
}
