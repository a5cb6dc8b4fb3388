namespace Sensorium.Media.Imaging;

/// <summary>
/// Where a centred window of the output's size lies over a picture. A picture that is smaller than the window is surrounded
/// by black, as CLIPImageProcessor does.
/// </summary>
internal readonly struct CropWindow(int sourceWidth, int sourceHeight, int width, int height)
{
    public int Width => width;

    public int Height => height;

    /// <summary>Column of the source under the window's first column; negative where there is none.</summary>
    public int Left { get; } = Offset(sourceWidth, width);

    public int Top { get; } = Offset(sourceHeight, height);

    /// <summary>The columns of the source that the window shows.</summary>
    public AxisPart Columns => new(sourceWidth, Math.Max(0, Left), Math.Min(width, sourceWidth));

    public AxisPart Rows => new(sourceHeight, Math.Max(0, Top), Math.Min(height, sourceHeight));

    // Cropping rounds the margin down; padding puts the larger half of an odd margin first.
    private static int Offset(int source, int window) =>
        source >= window ? (source - window) / 2 : -((window - source + 1) / 2);
}

/// <summary>A part of one axis of a picture.</summary>
/// <param name="Length">Of the whole axis.</param>
/// <param name="First">Where the part begins.</param>
/// <param name="Count">Its length.</param>
internal readonly record struct AxisPart(int Length, int First, int Count)
{
    public bool IsWhole => Count == Length;

    public static AxisPart Whole(int length) => new(length, 0, length);
}
