namespace Sensorium.Core.Media;

/// <summary>Which part of a medium is meant. Only a video has more than one.</summary>
public enum MediaTrack
{
    /// <summary>The medium itself: for a video its frames and, in captions, every track that it has.</summary>
    Default = 0,
    Frames = 1,
    Audio = 2,
    Subtitles = 3,
}
