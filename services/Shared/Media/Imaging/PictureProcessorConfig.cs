using System.Text.Json.Serialization;

namespace Sensorium.Media.Imaging;

/// <summary>What becomes of a picture, step by step: scaled, cut out or filled up, rescaled, normalised.</summary>
public sealed record PictureProcessorConfig
{
    public bool DoResize { get; init; } = true;

    /// <summary>Squashes to exactly these; 0 if an edge is set.</summary>
    public int Width { get; init; }

    public int Height { get; init; }

    /// <summary>Scales the shorter side to this and keeps the aspect ratio; 0 if something else is set.</summary>
    public int ShortestEdge { get; init; }

    /// <summary>Scales the longer side to this and keeps the aspect ratio; 0 if something else is set.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LongestEdge { get; init; }

    public ResampleFilter Filter { get; init; } = ResampleFilter.Bilinear;

    /// <summary>Of the middle that is cut out; 0 for none.</summary>
    public int CropWidth { get; init; }

    public int CropHeight { get; init; }

    /// <summary>Fills up on the right and at the bottom, with zeros after normalising; 0 for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PadWidth { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PadHeight { get; init; }

    /// <summary>Pixels are multiplied by it; 1 if not rescaled.</summary>
    public double RescaleFactor { get; init; } = 1.0 / 255.0;

    /// <summary>Added after that.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public float RescaleOffset { get; init; }

    /// <summary>Subtracted after rescaling, per channel; zeros if not normalised.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [0.5f, 0.5f, 0.5f];

    /// <summary>Divides after that, per channel; ones if not normalised.</summary>
    public IReadOnlyList<float> Deviation { get; init; } = [0.5f, 0.5f, 0.5f];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DividesTwice { get; init; }

    /// <summary>Blue comes first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SwapsChannels { get; init; }

    /// <summary>Of the tensor.</summary>
    public int OutputWidth => PadWidth > 0 ? PadWidth : CropWidth > 0 ? CropWidth : Width;

    public int OutputHeight => PadHeight > 0 ? PadHeight : CropHeight > 0 ? CropHeight : Height;

    /// <summary>Of what resizing makes and of the tensor, whichever is larger.</summary>
    [JsonIgnore]
    public int LargestSide => Math.Max(Math.Max(Math.Max(Width, Height), LongestEdge), Math.Max(OutputWidth, OutputHeight));

    /// <summary>Throws <see cref="InvalidDataException"/> that names the field for what cannot be followed exactly.</summary>
    public static PictureProcessorConfig Load(string path) => PictureProcessorReader.Load(path);

    /// <summary>The size of a picture after it has been scaled. The longer side is truncated, not rounded: so do the reference processors.</summary>
    internal (int Width, int Height) ResizedSize(int width, int height)
    {
        if (!DoResize)
        {
            return (width, height);
        }

        if (LongestEdge > 0)
        {
            var scale = (double)LongestEdge / Math.Max(width, height);
            return (Math.Max(1, (int)((width * scale) + 0.5)), Math.Max(1, (int)((height * scale) + 0.5)));
        }

        if (ShortestEdge == 0)
        {
            return (Width, Height);
        }

        return width <= height
            ? (ShortestEdge, Math.Max(1, (int)((long)ShortestEdge * height / width)))
            : (Math.Max(1, (int)((long)ShortestEdge * width / height)), ShortestEdge);
    }
}
