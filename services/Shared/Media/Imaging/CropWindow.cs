namespace Sensorium.Media.Imaging;

/// <summary>
/// Where a window of the output's size lies over a picture: over its middle, or at its upper left corner. A picture that is smaller
/// than the window does not fill it.
/// </summary>
internal readonly struct CropWindow(int sourceWidth, int sourceHeight, int width, int height, bool isCentred)
{
    public int Width => width;

    public int Height => height;

    /// <summary>The picture covers all of it.</summary>
    public bool IsFull => Columns.Count == width && Rows.Count == height;

    /// <summary>Column of the source under the window's first column; negative where there is none.</summary>
    public int Left { get; } = isCentred ? Offset(sourceWidth, width) : 0;

    public int Top { get; } = isCentred ? Offset(sourceHeight, height) : 0;

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
