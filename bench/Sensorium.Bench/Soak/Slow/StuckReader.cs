using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;

namespace Sensorium.Bench.Soak.Slow;

/// <summary>A caller of HTTP/2 that sends one call and never takes a byte of the answer: its windows are 0.</summary>
internal sealed class StuckReader : IDisposable
{
    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Settings = 4;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const short InitialWindowSize = 4;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private StuckReader()
    {
    }

    /// <param name="address">Of a gateway, without TLS.</param>
    /// <param name="path">As "/sensorium.v1.SensoriumService/Caption".</param>
    /// <param name="request">The one message.</param>
    public static async Task<StuckReader> CallAsync(Uri address, string path, IMessage request)
    {
        var reader = new StuckReader();
        await reader._socket.ConnectAsync(address.Host, address.Port);
        var setting = new byte[6];
        BinaryPrimitives.WriteInt16BigEndian(setting, InitialWindowSize);
        var message = request.ToByteArray();
        var body = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), message.Length);
        message.CopyTo(body, 5);
        byte[] call =
        [
            .. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8,
            .. Frame(Settings, 0, 0, setting),
            .. Frame(Headers, EndHeaders, 1, [0x83, 0x86, 0x04, .. Text(path), 0x01, .. Text("localhost"), 0x0F, 0x10, .. Text("application/grpc"), 0x00, .. Text("te"), .. Text("trailers")]),
            .. Frame(Data, EndStream, 1, body),
        ];
        await reader._socket.SendAsync(call);
        return reader;
    }

    /// <summary>Is gone, without a word.</summary>
    public void Vanish()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    private static byte[] Text(string value) => [(byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
