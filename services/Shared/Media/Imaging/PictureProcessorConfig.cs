using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Media.Imaging;

/// <summary>
/// What preprocessor_config.json says of pictures, in the form that ViTImageProcessor and CLIPImageProcessor share.
/// </summary>
public sealed record PictureProcessorConfig
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public bool DoResize { get; init; } = true;

    /// <summary>Squashes to exactly these; 0 if <see cref="ShortestEdge"/> is set.</summary>
    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Scales the shorter side to this and keeps the aspect ratio; 0 if width and height are set.</summary>
    public int ShortestEdge { get; init; }

    public ResampleFilter Filter { get; init; } = ResampleFilter.Bilinear;

    /// <summary>0 for none.</summary>
    public int CropWidth { get; init; }

    public int CropHeight { get; init; }

    /// <summary>Pixels are multiplied by it; 1 if not rescaled.</summary>
    public double RescaleFactor { get; init; } = 1.0 / 255.0;

    /// <summary>Subtracted after rescaling, per channel; zeros if not normalised.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.5f, 0.5f, 0.5f];

    /// <summary>Divides after that, per channel; ones if not normalised.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [0.5f, 0.5f, 0.5f];

    /// <summary>Of the tensor.</summary>
    public int OutputWidth => CropWidth > 0 ? CropWidth : Width;

    public int OutputHeight => CropHeight > 0 ? CropHeight : Height;

    /// <summary>Of what resizing makes and of the tensor, whichever is larger.</summary>
    [JsonIgnore]
    public int LargestSide => Math.Max(Math.Max(Width, Height), Math.Max(OutputWidth, OutputHeight));

    /// <summary>Throws <see cref="InvalidDataException"/> that names the field for what cannot be followed exactly.</summary>
    public static PictureProcessorConfig Load(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<ConfigFile>(File.ReadAllBytes(path), Json) ?? new ConfigFile();
            return From(file);
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {exception.Message}", exception);
        }
    }

    private static PictureProcessorConfig From(ConfigFile file)
    {
        var (width, height, shortest) = Size(file.Size, "size");
        var (cropWidth, cropHeight, _) = file.DoCenterCrop == true ? Size(file.CropSize, "crop_size") : default;
        if (!Enum.IsDefined((ResampleFilter)file.Resample))
        {
            throw new InvalidDataException($"'resample' is {file.Resample}; known are 1 (Lanczos), 2 (bilinear), 3 (bicubic) and 4 (box)");
        }

        var config = new PictureProcessorConfig
        {
            DoResize = file.DoResize ?? true,
            Width = width,
            Height = height,
            ShortestEdge = shortest,
            Filter = (ResampleFilter)file.Resample,
            CropWidth = cropWidth,
            CropHeight = cropHeight,
            RescaleFactor = file.DoRescale == false ? 1.0 : file.RescaleFactor ?? 1.0 / 255.0,
            Mean = file.DoNormalize == false ? [0, 0, 0] : Channels(file.ImageMean, "image_mean"),
            Deviation = file.DoNormalize == false ? [1, 1, 1] : Channels(file.ImageStd, "image_std"),
        };
        config.Validate();
        return config;
    }

    // Batches need equal shapes, so the file must decide the output's size.
    private void Validate()
    {
        if (OutputWidth <= 0 || OutputHeight <= 0 || (!DoResize && CropWidth == 0))
        {
            throw new InvalidDataException("'size' (or 'crop_size' with 'do_center_crop') must fix the width and the height of the result");
        }

        if (Deviation.Any(value => value == 0))
        {
            throw new InvalidDataException("'image_std' holds a zero");
        }
    }

    private static IReadOnlyList<float> Channels(IReadOnlyList<double>? values, string name) => values switch
    {
        null => [0.5f, 0.5f, 0.5f],
        { Count: 3 } => [.. values.Select(value => (float)value)],
        _ => throw new InvalidDataException($"'{name}' has {values.Count} numbers instead of 3"),
    };

    private static (int Width, int Height, int Shortest) Size(JsonElement size, string name)
    {
        switch (size.ValueKind)
        {
            case JsonValueKind.Number:
                return (size.GetInt32(), size.GetInt32(), 0);
            case JsonValueKind.Object when size.TryGetProperty("height", out var height) && size.TryGetProperty("width", out var width):
                return (width.GetInt32(), height.GetInt32(), 0);
            case JsonValueKind.Object when size.TryGetProperty("shortest_edge", out var edge) && !size.TryGetProperty("longest_edge", out _):
                return (0, 0, edge.GetInt32());
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return default;
            default:
                throw new InvalidDataException($"'{name}' is neither {{height, width}} nor {{shortest_edge}} nor a number");
        }
    }

    private sealed record ConfigFile
    {
        public bool? DoResize { get; init; }

        public JsonElement Size { get; init; }

        public int Resample { get; init; } = (int)ResampleFilter.Bilinear;

        public bool? DoCenterCrop { get; init; }

        public JsonElement CropSize { get; init; }

        public bool? DoRescale { get; init; }

        public double? RescaleFactor { get; init; }

        public bool? DoNormalize { get; init; }

        public IReadOnlyList<double>? ImageMean { get; init; }

        [JsonPropertyName("image_std")]
        public IReadOnlyList<double>? ImageStd { get; init; }
    }
}
