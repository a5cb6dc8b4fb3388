using System.Buffers.Binary;
using System.Text;

namespace Sensorium.Testing.Shared.Http2;

/// <summary>Frames of HTTP/2 (RFC 9113) as bytes, for callers who do what no library does.</summary>
public static class Http2Frames
{
    public const byte Data = 0;
    public const byte Headers = 1;
    public const byte Priority = 2;
    public const byte ResetStream = 3;
    public const byte SettingsFrame = 4;
    public const byte Ping = 6;
    public const byte WindowUpdate = 8;
    public const byte Continuation = 9;
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;

    /// <summary>What a connection begins with.</summary>
    /// <param name="settings">Payload of the first frame.</param>
    public static byte[] Preface(ReadOnlySpan<byte> settings) => [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(SettingsFrame, 0, 0, settings)];

    public static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>The headers of a call of gRPC, in HPACK without compression.</summary>
    public static byte[] Call(string path) =>
        [0x83, 0x86, 0x04, .. Text(path), 0x01, .. Text("localhost"), 0x0F, 0x10, .. Text("application/grpc")];

    /// <summary>A string of HPACK.</summary>
    public static byte[] Text(string value) => [(byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
}
