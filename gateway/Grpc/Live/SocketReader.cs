using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Google.Protobuf;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Live;

namespace Sensorium.Gateway.Grpc.Live;

/// <summary>
/// Messages of a caller. A binary one is a byte that says what it is (1: the file of a frame; 2: samples of sound), its time in seconds as a
/// little-endian double, and the bytes.
/// </summary>
internal sealed class SocketReader(WebSocket socket, int maxBytes)
{
    private const int HeadBytes = 1 + sizeof(double);
    private const byte FrameKind = 1;
    private const byte SoundKind = 2;
    private const string End = "end";

    // Events say times as durations of protobuf, which reach to three times that.
    private const double MaxSeconds = 1e11;

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    /// <exception cref="SensoriumException">INVALID_ARGUMENT: the first message is no header.</exception>
    public async Task<V1.LiveHeader> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        var (type, bytes) = await ReceiveAsync(cancellationToken);
        if (type != WebSocketMessageType.Text)
        {
            throw Malformed("the first message must be the header, as text in JSON");
        }

        try
        {
            return Parser.Parse<V1.LiveHeader>(System.Text.Encoding.UTF8.GetString(bytes));
        }
        catch (Exception error) when (error is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw Malformed($"the header is not one: {error.Message}");
        }
    }

    public async IAsyncEnumerable<LiveInput> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await ReceiveAsync(cancellationToken) is var (type, bytes) && type != WebSocketMessageType.Close && !IsEnd(type, bytes))
        {
            yield return type == WebSocketMessageType.Binary ? Read(bytes) : throw Malformed($"behind the header only binary messages and \"{End}\" follow");
        }
    }

    private static bool IsEnd(WebSocketMessageType type, byte[] bytes) => type == WebSocketMessageType.Text && bytes.AsSpan().SequenceEqual("end"u8);

    private static LiveInput Read(byte[] bytes)
    {
        if (bytes.Length < HeadBytes)
        {
            throw Malformed($"a binary message has {bytes.Length} bytes; its kind and its time alone have {HeadBytes}");
        }

        var seconds = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(1));
        if (!(Math.Abs(seconds) < MaxSeconds))
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"time is {seconds} s, which is no time.", "time");
        }

        var (time, content) = (TimeSpan.FromSeconds(seconds), bytes.AsMemory(HeadBytes));
        return bytes[0] switch
        {
            FrameKind => new LiveFrame(time, content),
            SoundKind => new LiveSound(time, content),
            var other => throw Malformed($"a binary message is of kind {other}; {FrameKind} is a frame and {SoundKind} is sound"),
        };
    }

    private async Task<(WebSocketMessageType Type, byte[] Bytes)> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new byte[16 << 10];
        for (var filled = 0; ;)
        {
            // A receive that is cancelled aborts the socket, and nobody could be told why the stream ends.
            var received = await socket.ReceiveAsync(buffer.AsMemory(filled), CancellationToken.None).AsTask().WaitAsync(cancellationToken);
            filled += received.Count;
            if (filled > maxBytes + HeadBytes)
            {
                throw new SensoriumException(
                    ErrorCode.ResourceExhausted, ErrorReasons.MessageTooLarge, $"A message has more than {maxBytes + HeadBytes:N0} bytes, which is the most.");
            }

            if (received.MessageType == WebSocketMessageType.Close || received.EndOfMessage)
            {
                return (received.MessageType, buffer[..filled]);
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    private static SensoriumException Malformed(string why) => SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"The stream cannot be read: {why}.");
}
