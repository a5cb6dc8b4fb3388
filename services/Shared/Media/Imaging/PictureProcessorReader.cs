using System.Text.Json;

namespace Sensorium.Media.Imaging;

/// <summary>Reads how pictures are prepared from a file, and from its kind where the file leaves something out.</summary>
internal static class PictureProcessorReader
{
    public static PictureProcessorConfig Load(string path)
    {
        try
        {
            var file = PictureProcessorFile.Parse(File.ReadAllBytes(path));
            var config = Read(file, PictureProcessorKind.Of(file.ImageProcessorType ?? file.FeatureExtractorType));
            Validate(config);
            return config;
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{path}' cannot be used: {exception.Message}", exception);
        }
    }

    /// <summary>How a part of a picture is prepared that has its size already, or is squashed to it.</summary>
    public static PictureProcessorConfig ReadTile(PictureProcessorFile file, PictureProcessorKind kind, int side)
    {
        var square = JsonSerializer.SerializeToElement(side);
        var config = Read(file with { Size = square, DoResize = true, DoCenterCrop = false, DoPad = false }, kind);
        Validate(config);
        return config;
    }

    private static PictureProcessorConfig Read(PictureProcessorFile file, PictureProcessorKind kind)
    {
        var normalises = file.DoNormalize ?? kind.Normalises;
        var config = new PictureProcessorConfig
        {
            DoResize = file.DoResize ?? true,
            Filter = Filter(file.Resample ?? (int)kind.Filter),
            RescaleFactor = file.DoRescale == false ? 1.0 : file.RescaleFactor ?? 1.0 / 255.0,
            RescaleOffset = file.RescaleOffset == true ? -1 : 0,
            Mean = normalises ? Channels(file.ImageMean, kind.Mean, "image_mean") : [0, 0, 0],
            Deviation = normalises ? Channels(file.ImageDeviation, kind.Deviation, "image_std") : [1, 1, 1],
            DividesTwice = kind.DividesTwice && file.IncludeTop != false,
            SwapsChannels = file.DoFlipChannelOrder ?? kind.SwapsChannels,
        };
        return WithPadding(WithSizes(config, file, kind), file, kind);
    }

    private static PictureProcessorConfig WithSizes(PictureProcessorConfig config, PictureProcessorFile file, PictureProcessorKind kind)
    {
        Func<int, PictureSize> ofNumber = kind.LongestSize ? PictureSize.LongestEdge : kind.EdgeSize ? PictureSize.ShortestEdge : PictureSize.Square;
        var size = PictureSize.Read(file.Size, "size", ofNumber) ?? (config.DoResize ? ofNumber(kind.Side) : default);
        var crop = file.DoCenterCrop ?? kind.CropSide > 0
            ? PictureSize.Read(file.CropSize, "crop_size", PictureSize.Square) ?? PictureSize.Square(kind.CropSide)
            : default;
        if (kind.CropShare > 0)
        {
            (size, crop) = WithShare(size, crop, file.CropPct ?? kind.CropShare, kind);
        }

        return config with
        {
            Width = size.Width,
            Height = size.Height,
            ShortestEdge = size.Shortest,
            LongestEdge = size.Longest,
            CropWidth = crop.Width,
            CropHeight = crop.Height,
        };
    }

    // A size is that of the part that is cut out; what it is cut out of is larger.
    private static (PictureSize Size, PictureSize Crop) WithShare(PictureSize size, PictureSize crop, double share, PictureProcessorKind kind)
    {
        if (share is not (> 0 and <= 1))
        {
            throw new InvalidDataException($"'crop_pct' is {share}, but must be above 0 and at most 1");
        }

        var side = size.Shortest > 0 ? size.Shortest : size.Width;
        if (kind.SquashFrom > 0)
        {
            return side >= kind.SquashFrom
                ? (PictureSize.Square(side), default)
                : (PictureSize.ShortestEdge((int)(side / share)), PictureSize.Square(side));
        }

        return size.Width == size.Height
            ? (PictureSize.ShortestEdge((int)(side / share)), crop)
            : (new PictureSize((int)(size.Width / share), (int)(size.Height / share), 0, 0), crop);
    }

    private static PictureProcessorConfig WithPadding(PictureProcessorConfig config, PictureProcessorFile file, PictureProcessorKind kind)
    {
        if (!(file.DoPad ?? kind.PadSide > 0))
        {
            return config;
        }

        var pad = PictureSize.Read(file.PadSize, "pad_size", PictureSize.Square) ?? PictureSize.Square(kind.PadSide);
        return pad.Width > 0 && pad.Height > 0 && pad.Width >= config.LongestEdge && pad.Height >= config.LongestEdge
            ? config with { PadWidth = pad.Width, PadHeight = pad.Height }
            : throw new InvalidDataException("'do_pad' needs a 'pad_size' {height, width} that holds every scaled picture");
    }

    // Batches need equal shapes, so the file must decide the output's size.
    private static void Validate(PictureProcessorConfig config)
    {
        var isFixed = config.OutputWidth > 0 && config.OutputHeight > 0;
        if (!isFixed || (!config.DoResize && config.CropWidth == 0 && config.PadWidth == 0))
        {
            throw new InvalidDataException("'size' (or 'crop_size' with 'do_center_crop', or 'pad_size' with 'do_pad') must fix the width and the height of the result");
        }

        if (config.Width < 0 || config.Height < 0 || config.ShortestEdge < 0 || config.LongestEdge < 0)
        {
            throw new InvalidDataException("'size' holds a number below 0");
        }

        if (config.Deviation.Any(value => value == 0))
        {
            throw new InvalidDataException("'image_std' holds a zero");
        }
    }

    private static ResampleFilter Filter(int number) => Enum.IsDefined((ResampleFilter)number)
        ? (ResampleFilter)number
        : throw new InvalidDataException(
            $"'resample' is {number}; known are {string.Join(", ", Enum.GetValues<ResampleFilter>().Select(filter => $"{(int)filter} ({filter})"))}");

    private static IReadOnlyList<float> Channels(IReadOnlyList<double>? values, IReadOnlyList<float> usual, string field) => values switch
    {
        null => usual,
        { Count: 3 } => [.. values.Select(value => (float)value)],
        _ => throw new InvalidDataException($"'{field}' has {values.Count} numbers instead of 3"),
    };
}
