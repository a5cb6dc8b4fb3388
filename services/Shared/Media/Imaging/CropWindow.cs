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

    public int SourceWidth => sourceWidth;

    public int SourceHeight => sourceHeight;

    // Cropping rounds the margin down; padding puts the larger half of an odd margin first.
    private static int Offset(int source, int window) =>
        source >= window ? (source - window) / 2 : -((window - source + 1) / 2);
}
