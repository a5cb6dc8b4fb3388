using System.IO.Compression;
using System.Text.Json;

namespace Sensorium.GoldenTests.Imaging;

/// <summary>What pillow_reference.py wrote.</summary>
internal sealed record PillowReference(
    string Pillow, IReadOnlyList<ResizedPicture> Resized, IReadOnlyList<ProcessedPicture> Processed, IReadOnlyList<JpegPicture> Jpegs)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static PillowReference Instance { get; } = JsonSerializer.Deserialize<PillowReference>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Imaging", "pillow_reference.json")), Json)!;
}

internal sealed record ResizedPicture(int Width, int Height, int TargetWidth, int TargetHeight, int Filter, string Sha256);

internal sealed record ProcessedPicture(string Name, JsonElement Config, int Width, int Height, string Sha256);

internal sealed record JpegPicture(string Name, byte[] Data, byte[] DecodedZlib, string TensorSha256)
{
    public const int Width = 93;
    public const int Height = 61;

    /// <summary>[height, width, 3].</summary>
    public byte[] Decoded()
    {
        using var zlib = new ZLibStream(new MemoryStream(DecodedZlib), CompressionMode.Decompress);
        var pixels = new byte[Width * Height * 3];
        zlib.ReadExactly(pixels);
        return pixels;
    }
}
