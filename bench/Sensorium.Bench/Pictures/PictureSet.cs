using System.Buffers.Binary;

namespace Sensorium.Bench.Pictures;

/// <summary>Pictures of one kind, handed out as copies that are all different in content and equal in cost.</summary>
internal sealed class PictureSet(string name, IReadOnlyList<byte[]> pictures)
{
    private long _copies = Environment.TickCount64 << 20;
    private int _next = -1;

    public string Name { get; } = name;

    public IReadOnlyList<byte[]> Pictures { get; } = pictures;

    public double MeanBytes => Pictures.Average(picture => picture.Length);

    /// <summary>
    /// The next picture with a JPEG comment that no other copy has: the same pixels and the same work, but other bytes, so
    /// that no cache keyed by content can answer.
    /// </summary>
    public byte[] Distinct()
    {
        var original = Pictures[(int)((uint)Interlocked.Increment(ref _next) % Pictures.Count)];
        var copy = new byte[original.Length + 12];
        original.AsSpan(0, 2).CopyTo(copy);
        ReadOnlySpan<byte> comment = [0xFF, 0xFE, 0x00, 0x0A];
        comment.CopyTo(copy.AsSpan(2));
        BinaryPrimitives.WriteInt64BigEndian(copy.AsSpan(6), Interlocked.Increment(ref _copies));
        original.AsSpan(2).CopyTo(copy.AsSpan(14));
        return copy;
    }

    /// <summary>Made once per folder and kept there.</summary>
    public static PictureSet MakeOrRead(string folder, string name, int count, int width, int height, int targetBytes)
    {
        Directory.CreateDirectory(folder);
        var pictures = new byte[count][];
        for (var index = 0; index < count; index++)
        {
            var path = Path.Combine(folder, $"{name}-{index}.jpg");
            if (!File.Exists(path))
            {
                File.WriteAllBytes(path, PictureMaker.Make(width, height, targetBytes, index));
            }

            pictures[index] = File.ReadAllBytes(path);
        }

        return new PictureSet(name, pictures);
    }

    /// <summary>All JPEG files of a folder.</summary>
    public static PictureSet Read(string folder, string name, int atMost) =>
        new(name, [.. Directory.EnumerateFiles(folder, "*.jpg").Order(StringComparer.Ordinal).Take(atMost).Select(File.ReadAllBytes)]);
}
