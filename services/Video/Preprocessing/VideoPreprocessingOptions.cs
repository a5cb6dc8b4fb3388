namespace Sensorium.Video.Preprocessing;

/// <summary>Section "Sensorium:Video:Preprocessing".</summary>
public sealed class VideoPreprocessingOptions
{
    public const string Section = "Sensorium:Video:Preprocessing";

    /// <summary>Frames per second that a clip is made of; with the pack's number of frames it decides how long a segment is.</summary>
    public double FrameRate { get; set; } = 2;
}
