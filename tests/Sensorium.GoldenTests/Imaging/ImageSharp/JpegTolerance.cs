namespace Sensorium.GoldenTests.Imaging;

/// <summary>
/// ImageSharp transforms with arithmetic of its own and repeats halved colours where the reference interpolates them: the
/// pictures drawn here, with sharp edges between strong colours, are about the worst case. Set a little above what
/// `Sensorium.GoldenTests -class "*PillowGoldenTests" -showLiveOutput` prints.
/// </summary>
internal static class JpegTolerance
{
    /// <summary>In levels of 255: the mean of a picture, and of any pixel.</summary>
    public static (double Mean, int Largest) Of(string picture) => picture switch
    {
        "4:4:4" => (0.06, 4),
        "grey" => (0.03, 2),
        "4:2:0" => (6.5, 50),
        "progressive" => (6.5, 40),
        _ => (0, 0),
    };
}
