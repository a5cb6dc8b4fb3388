using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace Sensorium.Hosting.UnitTests.Http2;

/// <summary>A connection of which every frame is written by hand.</summary>
internal sealed class Http2Wire : IDisposable
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Priority = 2;
    public const byte ResetStream = 3;
    public const byte SettingsFrame = 4;
    public const byte Ping = 6;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;
    public const byte EndHeaders = 4;

    private readonly TcpClient _client = new();

    // The client gives none once the server has ended the connection.
    private Stream _stream = Stream.Null;

    private Http2Wire()
    {
    }

    public static async Task<Http2Wire> ConnectAsync(string address)
    {
        var wire = new Http2Wire();
        var uri = new Uri(address);
        await wire._client.ConnectAsync(uri.Host, uri.Port);
        wire._stream = wire._client.GetStream();
        await wire.WriteAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(SettingsFrame, 0, 0, [])]);
        return wire;
    }

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The headers of a call, in HPACK without compression.</summary>
    public static byte[] Call(string path) =>
        [0x83, 0x86, .. Literal(0x04, path), .. Literal(0x01, "localhost"), 0x0F, 0x10, .. Text("application/grpc")];

    public async Task WriteAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Whether the server ends the connection while the frames are sent, or after.</summary>
    /// <param name="frames">Of one step; the number is that of the step.</param>
    /// <param name="steps">How often they are sent.</param>
    public async Task<bool> IsEndedAsync(Func<int, byte[]> frames, int steps)
    {
        var ended = EndAsync();
        try
        {
            for (var i = 0; i < steps && !ended.IsCompleted; i++)
            {
                await WriteAsync(frames(i));
            }
        }
        catch (IOException)
        {
            return true;
        }

        return await Task.WhenAny(ended, Task.Delay(TimeSpan.FromSeconds(20))) == ended;
    }

    /// <summary>Reads one frame of the server's: its type and payload.</summary>
    public async Task<(byte Type, byte[] Payload)> ReadAsync()
    {
        var header = new byte[9];
        await _stream.ReadExactlyAsync(header);
        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(header) >> 8];
        await _stream.ReadExactlyAsync(payload);
        return (header[3], payload);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }

    private async Task EndAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while (await _stream.ReadAsync(buffer) > 0)
            {
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // Ended without a word.
        }
    }

    private static byte[] Literal(byte name, string value) => [name, .. Text(value)];

    private static byte[] Text(string value) => [(byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
