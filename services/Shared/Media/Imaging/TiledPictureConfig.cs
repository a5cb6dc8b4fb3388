using System.Text.Json;

namespace Sensorium.Media.Imaging;

/// <summary>How pictures are cut into squares that a model reads one by one, with the picture as a whole behind them.</summary>
/// <param name="Tile">What becomes of each square, and of the whole picture, which is squashed to one.</param>
/// <param name="LongestEdge">The longer side of a picture is scaled to this first; 0 for not.</param>
/// <param name="Splits">False squashes every picture, whatever its size.</param>
public sealed record TiledPictureConfig(PictureProcessorConfig Tile, int LongestEdge, bool Splits)
{
    private const int UsualEdge = 4;
    private const int UsualSide = 364;
    private const int MostSide = 4096;

    private static readonly string[] Types = ["Idefics3ImageProcessor", "SmolVLMImageProcessor"];

    /// <summary>Of a square.</summary>
    public int Side => Tile.Width;

    /// <summary>Null if the file is of another kind. Throws <see cref="InvalidDataException"/> that names the field that cannot be followed.</summary>
    public static TiledPictureConfig? Find(string path)
    {
        try
        {
            var file = PictureProcessorFile.Parse(File.ReadAllBytes(path));
            var type = (file.ImageProcessorType ?? "").Replace("Fast", "", StringComparison.Ordinal);
            return Types.Contains(type) ? Read(file) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {exception.Message}", exception);
        }
    }

    private static TiledPictureConfig Read(PictureProcessorFile file)
    {
        var side = PictureSize.Read(file.MaxImageSize, "max_image_size", PictureSize.LongestEdge)?.Longest ?? UsualSide;
        if (side is < 1 or > MostSide)
        {
            throw new InvalidDataException($"'max_image_size' is {side}, but must be from 1 to {MostSide}");
        }

        var edge = PictureSize.Read(file.Size, "size", PictureSize.LongestEdge)?.Longest ?? UsualEdge * side;
        if (edge is < 1 or > MostSide)
        {
            throw new InvalidDataException($"'size' is {edge}, but must be from 1 to {MostSide}");
        }

        var kind = new PictureProcessorKind("Idefics3") { Filter = ResampleFilter.Lanczos };
        return new TiledPictureConfig(PictureProcessorReader.ReadTile(file, kind, side), file.DoResize == false ? 0 : edge, file.DoImageSplitting ?? true);
    }
}
