using System.Buffers.Binary;
using System.Net.Sockets;
using Sensorium.Testing.Shared.Http2;

namespace Sensorium.Hosting.UnitTests.Http2;

/// <summary>A connection of which every frame is written by hand.</summary>
internal sealed class Http2Wire : IDisposable
{
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
        await wire.WriteAsync(Http2Frames.Preface([]));
        return wire;
    }

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
}
