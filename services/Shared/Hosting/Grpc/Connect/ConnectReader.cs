using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using Grpc.Core;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>
/// Reads the messages of a stream. Each stands in an envelope: a byte of flags, the length in four bytes with the highest
/// first, and the message.
/// </summary>
/// <param name="body">A message is taken from it as a whole, so that its bytes count until the next one begins.</param>
/// <param name="read">Makes a message of its bytes.</param>
/// <param name="maxBytes">Of one message.</param>
internal sealed class ConnectReader<TMessage>(PipeReader body, Func<byte[], TMessage> read, int maxBytes) : IAsyncStreamReader<TMessage>
    where TMessage : class
{
    public TMessage Current { get; private set; } = null!;

    /// <exception cref="SensoriumException">MALFORMED_REQUEST, UNSUPPORTED_ENCODING or MESSAGE_TOO_LARGE.</exception>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await body.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (TryTakeOrDrop(buffer, out var message))
            {
                var end = buffer.GetPosition(ConnectStream.EnvelopeBytes + message.Length);
                body.AdvanceTo(end);
                Current = read(message);
                return true;
            }

            body.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return buffer.IsEmpty ? false : throw Malformed("its last message is cut off");
            }
        }
    }

    /// <summary>The message of a caller who sends one.</summary>
    /// <exception cref="SensoriumException">As above, or there are none or several.</exception>
    public async Task<TMessage> ReadOnlyOneAsync(CancellationToken cancellationToken)
    {
        var one = await MoveNext(cancellationToken) ? Current : throw Malformed("it has no message");
        return await MoveNext(cancellationToken) ? throw Malformed("it has more than one message") : one;
    }

    // What is read must be given back, whatever it holds: else the connection cannot be used again.
    private bool TryTakeOrDrop(ReadOnlySequence<byte> buffer, out byte[] message)
    {
        try
        {
            return TryTake(buffer, out message);
        }
        catch
        {
            body.AdvanceTo(buffer.End);
            throw;
        }
    }

    private bool TryTake(ReadOnlySequence<byte> buffer, out byte[] message)
    {
        message = [];
        if (buffer.Length < ConnectStream.EnvelopeBytes)
        {
            return false;
        }

        var (flags, length) = ReadHead(buffer);
        if (flags != 0)
        {
            throw (flags & 1) == 0
                ? Malformed($"the flags of a message are {flags}")
                : new SensoriumException(ErrorCode.Unimplemented, ErrorReasons.UnsupportedEncoding, "Compressed messages are not understood here.");
        }

        if (length > maxBytes)
        {
            throw new SensoriumException(
                ErrorCode.ResourceExhausted, ErrorReasons.MessageTooLarge, $"A message has {length:N0} bytes; the most is {maxBytes:N0}.");
        }

        var isWhole = buffer.Length >= ConnectStream.EnvelopeBytes + length;
        message = isWhole ? buffer.Slice(ConnectStream.EnvelopeBytes, length).ToArray() : [];
        return isWhole;
    }

    private static (byte Flags, uint Length) ReadHead(ReadOnlySequence<byte> buffer)
    {
        Span<byte> head = stackalloc byte[ConnectStream.EnvelopeBytes];
        buffer.Slice(0, ConnectStream.EnvelopeBytes).CopyTo(head);
        return (head[0], BinaryPrimitives.ReadUInt32BigEndian(head[1..]));
    }

    private static SensoriumException Malformed(string why) =>
        SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"The request cannot be read: {why}.");
}
