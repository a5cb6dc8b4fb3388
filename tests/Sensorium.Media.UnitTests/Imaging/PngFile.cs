using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Sensorium.Media.UnitTests.Imaging;

/// <summary>PNG files byte by byte, as its specification says: with any header, and without a library.</summary>
internal static class PngFile
{
    public const byte Grey = 0;
    public const byte Rgb = 2;
    public const byte RgbAlpha = 6;

    /// <param name="rows">Of one length; without the byte for the filter, which is none.</param>
    public static byte[] Write(int width, int height, byte bits, byte kind, IEnumerable<byte[]> rows)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var row in rows)
            {
                zlib.WriteByte(0);
                zlib.Write(row);
            }
        }

        return Write((uint)width, (uint)height, bits, kind, data.ToArray());
    }

    /// <summary>A header that announces a size and data of a few zeros: what a decompression bomb begins with.</summary>
    public static byte[] Bomb(uint width, uint height)
    {
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[1000]);
        }

        return Write(width, height, 8, Rgb, data.ToArray());
    }

    private static byte[] Write(uint width, uint height, byte bits, byte kind, byte[] data)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, kind);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, data);
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteChunk(MemoryStream file, ReadOnlySpan<byte> name, byte[] data)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(name);
        file.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32([.. name, .. data]));
        file.Write(number);
    }
}
