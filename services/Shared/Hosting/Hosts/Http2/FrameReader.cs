using System.Buffers;
using System.Buffers.Binary;

namespace Sensorium.Hosting.Hosts.Http2;

/// <summary>Finds the frames in what a client sends over one connection. It looks at their headers alone (RFC 9113, section 4.1).</summary>
/// <param name="onFrame">Told of each frame: its length, type and flags.</param>
internal sealed class FrameReader(Action<int, byte, byte> onFrame)
{
    // Comes before the first frame: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".
    private const int PrefaceLength = 24;
    private const int HeaderLength = 9;

    private readonly byte[] _header = new byte[HeaderLength];
    private int _filled;
    private long _skip = PrefaceLength;

    public void Read(ReadOnlySequence<byte> bytes)
    {
        foreach (var part in bytes)
        {
            Read(part.Span);
        }
    }

    private void Read(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, bytes.Length);
                _skip -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            var taken = Math.Min(HeaderLength - _filled, bytes.Length);
            bytes[..taken].CopyTo(_header.AsSpan(_filled));
            _filled += taken;
            bytes = bytes[taken..];
            if (_filled == HeaderLength)
            {
                EndHeader();
            }
        }
    }

    private void EndHeader()
    {
        _filled = 0;
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(_header) >> 8);
        _skip = length;
        onFrame(length, _header[3], _header[4]);
    }
}
