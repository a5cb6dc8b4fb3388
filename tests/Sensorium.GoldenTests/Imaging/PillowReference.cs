using System.Text.Json;

namespace Sensorium.GoldenTests.Imaging;

/// <summary>What pillow_reference.py wrote.</summary>
internal sealed record PillowReference(string Pillow, IReadOnlyList<ResizedPicture> Resized, IReadOnlyList<JpegPicture> Jpegs)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static PillowReference Instance { get; } = JsonSerializer.Deserialize<PillowReference>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Imaging", "pillow_reference.json")), Json)!;
}

internal sealed record ResizedPicture(int Width, int Height, int TargetWidth, int TargetHeight, int Filter, string Sha256);

internal sealed record JpegPicture(string Name, byte[] Data, string DecodedSha256, string TensorSha256);
