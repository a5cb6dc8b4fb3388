namespace Sensorium.Media.Imaging;

/// <summary>What a kind of image processor does where its file does not say, and what it does beyond the common steps.</summary>
/// <param name="Name">Without the endings by which files name it, as "CLIPImageProcessor" and "CLIPFeatureExtractor".</param>
internal sealed record PictureProcessorKind(string Name)
{
    private static readonly float[] Half = [0.5f, 0.5f, 0.5f];
    private static readonly float[] ImageNetMean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] ImageNetDeviation = [0.229f, 0.224f, 0.225f];
    private static readonly float[] ClipMean = [0.48145466f, 0.4578275f, 0.40821073f];
    private static readonly float[] ClipDeviation = [0.26862954f, 0.26130258f, 0.27577711f];

    private static readonly string[] Endings = ["Fast", "ImageProcessor", "FeatureExtractor"];

    // In the order of their names. The first is what a file without a name means.
    private static readonly PictureProcessorKind[] All =
    [
        new("ViT"),
        new("Beit") { Side = 256, Filter = ResampleFilter.Bicubic, CropSide = 224 },
        new("Bit") { EdgeSize = true, Filter = ResampleFilter.Bicubic, CropSide = 224, Mean = ClipMean, Deviation = ClipDeviation },
        new("Blip") { Side = 384, Filter = ResampleFilter.Bicubic, Mean = ClipMean, Deviation = ClipDeviation },
        new("CLIP") { EdgeSize = true, Filter = ResampleFilter.Bicubic, CropSide = 224, Mean = ClipMean, Deviation = ClipDeviation },
        new("ChineseCLIP") { EdgeSize = true, Filter = ResampleFilter.Bicubic, CropSide = 224, Mean = ClipMean, Deviation = ClipDeviation },
        new("ConvNext") { EdgeSize = true, Side = 384, CropShare = 0.875, SquashFrom = 384 },
        new("DINOv3ViT") { Mean = ImageNetMean, Deviation = ImageNetDeviation },
        new("DeiT") { Side = 256, Filter = ResampleFilter.Bicubic, CropSide = 224 },
        new("EfficientNet") { Side = 346, Filter = ResampleFilter.Nearest, DividesTwice = true },
        new("Levit") { EdgeSize = true, Filter = ResampleFilter.Bicubic, CropSide = 224, CropShare = 0.875, Mean = ImageNetMean, Deviation = ImageNetDeviation },
        new("MobileNetV1") { EdgeSize = true, Side = 256, CropSide = 224 },
        new("MobileNetV2") { EdgeSize = true, Side = 256, CropSide = 224 },
        new("MobileViT") { EdgeSize = true, CropSide = 256, Normalises = false, SwapsChannels = true },
        new("OwlViT") { Side = 768, Filter = ResampleFilter.Bicubic, Mean = ClipMean, Deviation = ClipDeviation },
        new("PoolFormer") { EdgeSize = true, Filter = ResampleFilter.Bicubic, CropSide = 224, CropShare = 0.9, Mean = ImageNetMean, Deviation = ImageNetDeviation },
        new("Pvt") { Mean = ImageNetMean, Deviation = ImageNetDeviation },
        new("Sam") { LongestSize = true, Side = 1024, PadSide = 1024, Mean = ImageNetMean, Deviation = ImageNetDeviation },
        new("Siglip") { Filter = ResampleFilter.Bicubic },
    ];

    /// <summary>Pictures of any size, cut into patches.</summary>
    public static PictureProcessorKind Patches { get; } = new("Qwen2VL") { Filter = ResampleFilter.Bicubic, Mean = ClipMean, Deviation = ClipDeviation };

    /// <summary>A size that is one number means the shorter side, and not a square.</summary>
    public bool EdgeSize { get; init; }

    /// <summary>A size that is one number means the longer side.</summary>
    public bool LongestSize { get; init; }

    public int Side { get; init; } = 224;

    public ResampleFilter Filter { get; init; } = ResampleFilter.Bilinear;

    /// <summary>0 if the middle is not cut out unless the file says so.</summary>
    public int CropSide { get; init; }

    /// <summary>The part of the scaled picture that is cut out of it ("crop_pct"); 0 where sizes say all.</summary>
    public double CropShare { get; init; }

    /// <summary>A shorter side from which on pictures are squashed and nothing is cut out; 0 for none.</summary>
    public int SquashFrom { get; init; }

    /// <summary>0 if pictures are not filled up.</summary>
    public int PadSide { get; init; }

    public bool Normalises { get; init; } = true;

    public IReadOnlyList<float> Mean { get; init; } = Half;

    public IReadOnlyList<float> Deviation { get; init; } = Half;

    /// <summary>Blue comes first.</summary>
    public bool SwapsChannels { get; init; }

    /// <summary>Divides by the deviation once more ("include_top").</summary>
    public bool DividesTwice { get; init; }

    /// <summary>Throws <see cref="InvalidDataException"/> that names the kinds that there are.</summary>
    /// <param name="name">As the file has it; null or empty if it does not say.</param>
    public static PictureProcessorKind Of(string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return All[0];
        }

        var stem = Endings.Aggregate(name, (rest, ending) => rest.EndsWith(ending, StringComparison.Ordinal) ? rest[..^ending.Length] : rest);
        return Array.Find(All, kind => kind.Name == stem) ?? throw new InvalidDataException(
            $"image processors of kind '{name}' are not known; known are {string.Join(", ", All.Select(kind => kind.Name))}");
    }
}
