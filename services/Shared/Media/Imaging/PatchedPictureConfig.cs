using System.Text.Json;

namespace Sensorium.Media.Imaging;

/// <summary>How pictures of any size are scaled to whole squares of patches and cut into them.</summary>
/// <param name="Patch">What becomes of the pixels of a patch, which is as wide and high as this says.</param>
/// <param name="Merge">Patches along a side of a square, which becomes one token.</param>
/// <param name="Frames">Frames of a clip that a patch reaches through; a picture stands in each of them.</param>
/// <param name="MinPixels">A picture with fewer is scaled up.</param>
/// <param name="MaxPixels">A picture with more is scaled down.</param>
public sealed record PatchedPictureConfig(PictureProcessorConfig Patch, int Merge, int Frames, long MinPixels, long MaxPixels)
{
    private const string Type = "Qwen2VLImageProcessor";
    private const int UsualSide = 14;
    private const int MostSide = 256;
    private const int UsualMerge = 2;
    private const int UsualFrames = 2;
    private const int MostOfBoth = 16;
    private const long UsualMinPixels = 56 * 56;
    private const long UsualMaxPixels = 28 * 28 * 1280;
    private const long MostPixels = 1 << 26;

    /// <summary>Of a patch.</summary>
    public int Side => Patch.Width;

    /// <summary>Null if the file is of another kind. Throws <see cref="InvalidDataException"/> that names the field that cannot be followed.</summary>
    public static PatchedPictureConfig? Find(string path)
    {
        try
        {
            var file = PictureProcessorFile.Parse(File.ReadAllBytes(path));
            return (file.ImageProcessorType ?? "").Replace("Fast", "", StringComparison.Ordinal) == Type ? Read(file) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {exception.Message}", exception);
        }
    }

    private static PatchedPictureConfig Read(PictureProcessorFile file)
    {
        var side = InRange(Number(file.PatchSize) ?? UsualSide, "patch_size", MostSide);
        var config = new PatchedPictureConfig(
            PictureProcessorReader.ReadTile(file, PictureProcessorKind.Patches, (int)side),
            (int)InRange(Number(file.MergeSize) ?? UsualMerge, "merge_size", MostOfBoth),
            (int)InRange(file.TemporalPatchSize ?? UsualFrames, "temporal_patch_size", MostOfBoth),
            InRange(file.MinPixels ?? Edge(file.Size, "shortest_edge") ?? UsualMinPixels, "min_pixels", MostPixels),
            InRange(file.MaxPixels ?? Edge(file.Size, "longest_edge") ?? UsualMaxPixels, "max_pixels", MostPixels));
        return file.DoResize == false ? throw new InvalidDataException("'do_resize' is false, but pictures must be scaled to whole patches")
            : config.MinPixels > config.MaxPixels ? throw new InvalidDataException($"'min_pixels' is {config.MinPixels}, over 'max_pixels', which is {config.MaxPixels}")
            : config;
    }

    // Newer files say by edges how many pixels there may be.
    private static long? Edge(JsonElement size, string name) =>
        size.ValueKind == JsonValueKind.Object && size.TryGetProperty(name, out var edge) ? Number(edge) : null;

    private static long? Number(JsonElement element) => element.ValueKind == JsonValueKind.Number ? element.GetInt64() : null;

    private static long InRange(long value, string field, long most) => value >= 1 && value <= most
        ? value
        : throw new InvalidDataException($"'{field}' is {value}, but must be from 1 to {most}");
}
