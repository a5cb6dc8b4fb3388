using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Sensorium.Media.Imaging;

/// <summary>Writes 8-bit RGB as PNG, without loss. A few lines of our own, so that it is the same file whichever library decodes pictures.</summary>
public static class PngWriter
{
    private const int HeaderBytes = 13;
    private const byte BitDepth = 8;
    private const byte TrueColour = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <param name="pixels">[height, width, 3], row major.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="level">How hard to try to make it small.</param>
    public static byte[] Write(ReadOnlySpan<byte> pixels, int width, int height, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[HeaderBytes];
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = BitDepth;
        header[9] = TrueColour;
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(pixels, width * 3, height, level));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    // Each byte less the one above it: what hardly changes from row to row becomes zeros.
    private static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> pixels, int stride, int height, CompressionLevel level)
    {
        const byte up = 2;
        var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, level, leaveOpen: true))
        {
            var line = new byte[stride + 1];
            for (var y = 0; y < height; y++)
            {
                var row = pixels.Slice(y * stride, stride);
                line[0] = up;
                row.CopyTo(line.AsSpan(1));
                for (var x = 0; y > 0 && x < stride; x++)
                {
                    line[x + 1] = (byte)(row[x] - pixels[((y - 1) * stride) + x]);
                }

                zlib.Write(line);
            }
        }

        return compressed.GetBuffer().AsSpan(0, (int)compressed.Length);
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(type);
        file.Write(data);
        var sum = new Crc32();
        sum.Append(type);
        sum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, sum.GetCurrentHashAsUInt32());
        file.Write(number);
    }
}
