using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Media.Imaging;

/// <summary>
/// preprocessor_config.json, or what processor_config.json says of the image processor, as it is written. What it leaves out its
/// kind decides.
/// </summary>
internal sealed record PictureProcessorFile
{
    private const string InProcessorConfig = "image_processor";
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public string? ImageProcessorType { get; init; }

    public string? FeatureExtractorType { get; init; }

    public bool? DoResize { get; init; }

    public JsonElement Size { get; init; }

    public int? Resample { get; init; }

    public bool? DoCenterCrop { get; init; }

    public JsonElement CropSize { get; init; }

    public double? CropPct { get; init; }

    public bool? DoPad { get; init; }

    public JsonElement PadSize { get; init; }

    public bool? DoImageSplitting { get; init; }

    public JsonElement MaxImageSize { get; init; }

    public long? MinPixels { get; init; }

    public long? MaxPixels { get; init; }

    /// <summary>A number where pictures are cut into patches; other kinds mean other things by it.</summary>
    public JsonElement PatchSize { get; init; }

    public int? TemporalPatchSize { get; init; }

    public JsonElement MergeSize { get; init; }

    public bool? DoRescale { get; init; }

    public double? RescaleFactor { get; init; }

    public bool? RescaleOffset { get; init; }

    public bool? DoNormalize { get; init; }

    public IReadOnlyList<double>? ImageMean { get; init; }

    [JsonPropertyName("image_std")]
    public IReadOnlyList<double>? ImageDeviation { get; init; }

    public bool? IncludeTop { get; init; }

    public bool? DoFlipChannelOrder { get; init; }

    public static PictureProcessorFile Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var own = root.ValueKind == JsonValueKind.Object && root.TryGetProperty(InProcessorConfig, out var part) ? part : root;
        return own.Deserialize<PictureProcessorFile>(Json) ?? new PictureProcessorFile();
    }
}
