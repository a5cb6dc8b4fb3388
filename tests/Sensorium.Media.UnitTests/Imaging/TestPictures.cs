using System.Buffers.Binary;
using System.IO.Compression;
using NetVips;

namespace Sensorium.Media.UnitTests.Imaging;

/// <summary>Pictures made by libvips, or byte by byte where libvips would not.</summary>
internal static class TestPictures
{
    public const int Width = 64;
    public const int Height = 48;

    /// <summary>Red left half, blue right half, with the upper left quarter green.</summary>
    public static Image Quarters()
    {
        using var red = Image.Black(Width, Height, bands: 3) + new double[] { 250, 10, 10 };
        using var blue = Image.Black(Width / 2, Height, bands: 3) + new double[] { 10, 10, 250 };
        using var green = Image.Black(Width / 2, Height / 2, bands: 3) + new double[] { 10, 250, 10 };
        using var halves = red.Insert(blue, Width / 2, 0);
        using var quarters = halves.Insert(green, 0, 0);
        using var bytes = quarters.Cast(Enums.BandFormat.Uchar);
        return bytes.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    public static byte[] Encode(string format, VOption? options = null)
    {
        using var image = Quarters();
        return image.WriteToBuffer(format, options);
    }

    public static byte[] Jpeg(int width, int height)
    {
        using var noise = Image.Gaussnoise(width, height, sigma: 30, mean: 128);
        using var bytes = noise.Cast(Enums.BandFormat.Uchar);
        using var rgb = bytes.Bandjoin(bytes, bytes).Copy(interpretation: Enums.Interpretation.Srgb);
        return rgb.JpegsaveBuffer(q: 90);
    }

    /// <summary>A whole grey PNG of any shape.</summary>
    public static byte[] Png(int width, int height)
    {
        using var grey = Image.Black(width, height) + 128.0;
        using var bytes = grey.Cast(Enums.BandFormat.Uchar);
        return bytes.PngsaveBuffer();
    }

    /// <summary>A PNG whose header announces a size and whose data are a few zeros: what a decompression bomb begins with.</summary>
    public static byte[] PngHeader(uint width, uint height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        WriteChunk(file, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[1000]);
        }

        WriteChunk(file, "IDAT"u8, data.ToArray());
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
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc([.. name, .. data]));
        file.Write(number);
    }

    /// <summary>CRC-32 as the PNG specification defines it.</summary>
    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320u : crc >> 1;
            }
        }

        return ~crc;
    }
}
