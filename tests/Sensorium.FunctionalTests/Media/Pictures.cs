using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using NetVips;

namespace Sensorium.FunctionalTests.Media;

/// <summary>Pictures made for the tests.</summary>
internal static class Pictures
{
    private static readonly Lazy<byte[]> LazyBomb = new(MakeBomb);

    /// <summary>A valid PNG of 60,000 by 60,000 one-bit pixels in some hundred kilobytes.</summary>
    public static byte[] Bomb => LazyBomb.Value;

    /// <summary>A disc on a ground, each seed another one.</summary>
    public static byte[] Jpeg(int seed, int size = 160)
    {
        using var picture = Draw(seed, size);
        return picture.WriteToBuffer(".jpg");
    }

    public static byte[] Png(int seed, int size = 160)
    {
        using var picture = Draw(seed, size);
        return picture.WriteToBuffer(".png");
    }

    private static Image Draw(int seed, int size)
    {
        using var xy = Image.Xyz(size, size);
        var random = new Random(seed);
        double[] centre = [random.Next(size), random.Next(size)];
        using var distance = ((xy[0] - centre[0]).Pow(2) + (xy[1] - centre[1]).Pow(2)).Pow(0.5);
        using var inside = distance < random.Next(size / 6, size / 2);
        double[] disc = [random.Next(256), random.Next(256), random.Next(256)];
        double[] ground = [random.Next(256), random.Next(256), random.Next(256)];
        using var picture = inside.Ifthenelse(disc, ground).Cast(Enums.BandFormat.Uchar);
        return picture.Copy(interpretation: Enums.Interpretation.Srgb);
    }

    private static byte[] MakeBomb()
    {
        const int side = 60_000;
        using var file = new MemoryStream();
        file.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 1;
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", Zeros((1 + (side / 8)) * side));
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    private static byte[] Zeros(int count)
    {
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            var block = new byte[1 << 20];
            for (; count > 0; count -= block.Length)
            {
                deflate.Write(block, 0, Math.Min(count, block.Length));
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(named));
        file.Write(number);
    }
}
