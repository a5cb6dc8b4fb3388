using System.Buffers.Binary;
using Sensorium.Core.Media;

namespace Sensorium.Media.Imaging;

/// <summary>
/// Tells whether a picture that could not be decoded lacks bytes at its end, by the structure that its format's
/// specification gives it. What is damaged elsewhere is not truncated.
/// </summary>
internal static class MissingBytes
{
    private const int BoxHeader = 8;

    public static bool In(IMediaContent content, string mediaType)
    {
        using var stream = content.OpenRead();
        return mediaType switch
        {
            "image/jpeg" => !JpegEnds(stream),
            "image/png" => PngIsCut(stream),
            "image/webp" => RiffIsCut(stream),
            "image/gif" => !GifEnds(stream),
            "image/tiff" => TiffIsCut(stream),
            _ => BoxesAreCut(stream),
        };
    }

    // Within a scan 0xFF stands before 0x00 or a restart marker only, so the markers below are not found in its data.
    private static bool JpegEnds(Stream stream)
    {
        long scan = -1, end = -1, at = 0;
        var before = 0;
        Span<byte> block = stackalloc byte[4096];
        for (var count = stream.Read(block); count > 0; count = stream.Read(block))
        {
            foreach (var value in block[..count])
            {
                at++;
                (scan, end) = (before, value) switch
                {
                    (0xFF, 0xDA) => (at, end),
                    (0xFF, 0xD9) => (scan, at),
                    _ => (scan, end),
                };
                before = value;
            }
        }

        return end > scan;
    }

    private static bool PngIsCut(Stream stream)
    {
        stream.Position = BoxHeader;
        Span<byte> header = stackalloc byte[BoxHeader];
        while (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length)
        {
            if (header[4..].SequenceEqual("IEND"u8))
            {
                return false;
            }

            // A length and a name that are no chunk's come of damage.
            var length = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (length > int.MaxValue || header[4..].ContainsAnyExcept(Letters))
            {
                return false;
            }

            stream.Position += length + sizeof(uint);
        }

        // The end may still be there if a length in between was damaged.
        stream.Position = Math.Max(0, stream.Length - 12);
        Span<byte> tail = stackalloc byte[12];
        return tail[..stream.ReadAtLeast(tail, tail.Length, throwOnEndOfStream: false)].IndexOf("IEND"u8) < 0;
    }

    private static System.Buffers.SearchValues<byte> Letters { get; } =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static bool RiffIsCut(Stream stream)
    {
        Span<byte> header = stackalloc byte[BoxHeader];
        return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) + (long)BoxHeader > stream.Length;
    }

    private static bool GifEnds(Stream stream)
    {
        const int Trailer = 0x3B;
        stream.Position = stream.Length - 1;
        return stream.ReadByte() == Trailer;
    }

    // Its directory, and so the list of its strips, stands at an offset that the header gives; most writers put it last.
    private static bool TiffIsCut(Stream stream)
    {
        Span<byte> header = stackalloc byte[16];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
        {
            return true;
        }

        var little = header[0] == (byte)'I';
        var isBig = header[2] == 43 || header[3] == 43;
        ulong offset = (isBig, little) switch
        {
            (false, true) => BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
            (false, false) => BinaryPrimitives.ReadUInt32BigEndian(header[4..]),
            (true, true) => BinaryPrimitives.ReadUInt64LittleEndian(header[8..]),
            (true, false) => BinaryPrimitives.ReadUInt64BigEndian(header[8..]),
        };
        return offset >= (ulong)stream.Length;
    }

    // ISO/IEC 14496-12: boxes one after the other, each with its size.
    private static bool BoxesAreCut(Stream stream)
    {
        Span<byte> header = stackalloc byte[BoxHeader];
        while (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length)
        {
            var size = BinaryPrimitives.ReadUInt32BigEndian(header);
            if (size < BoxHeader || header[4..].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            {
                return false;
            }

            if (stream.Position + size - BoxHeader > stream.Length)
            {
                return true;
            }

            stream.Position += size - BoxHeader;
        }

        return false;
    }
}
