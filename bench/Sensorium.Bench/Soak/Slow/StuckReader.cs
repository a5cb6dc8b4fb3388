using System.Buffers.Binary;
using System.Net.Sockets;
using Google.Protobuf;
using Sensorium.Testing.Shared.Http2;

namespace Sensorium.Bench.Soak.Slow;

/// <summary>A caller of HTTP/2 that sends one call and never takes a byte of the answer: its windows are 0.</summary>
internal sealed class StuckReader : IDisposable
{
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
            .. Http2Frames.Preface(setting),
            .. Http2Frames.Frame(Http2Frames.Headers, Http2Frames.EndHeaders, 1, [.. Http2Frames.Call(path), 0x00, .. Http2Frames.Text("te"), .. Http2Frames.Text("trailers")]),
            .. Http2Frames.Frame(Http2Frames.Data, Http2Frames.EndStream, 1, body),
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
}
