using Sensorium.Core.Media;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Reads what a container holds.</summary>
public interface IMediaProber
{
    /// <summary>Throws UNDECODABLE_MEDIA or EMPTY_MEDIA.</summary>
    Task<MediaProbe> ProbeAsync(IMediaContent content, CancellationToken cancellationToken);

    /// <summary>When a stream really begins and ends, from all its packets; null if it has none with a time.</summary>
    Task<TrackSpan?> MeasureAsync(IMediaContent content, int stream, CancellationToken cancellationToken);
}

/// <param name="Format">Name of the demuxer, as "mov,mp4,m4a,3gp,3g2,mj2".</param>
/// <param name="Duration">Null if the container does not say.</param>
/// <param name="Video">The first moving picture; cover art does not count.</param>
/// <param name="Subtitles">The first subtitle track that is text.</param>
public sealed record MediaProbe(
    string Format,
    TimeSpan? Duration,
    VideoTrack? Video,
    SoundTrack? Sound,
    SubtitleTrack? Subtitles)
{
    /// <summary>The length is estimated from the bit rate: good for a plan, not for a decision.</summary>
    public bool DurationIsGuess { get; init; }

    /// <summary>When the container's first track begins on its own clock.</summary>
    public TimeSpan Origin { get; init; }
}

/// <summary>Both relative to the start of the container.</summary>
public readonly record struct TrackSpan(TimeSpan Start, TimeSpan End);

/// <param name="Width">After rotation, in pixels.</param>
/// <param name="Height">After rotation, in pixels.</param>
/// <param name="Rotation">Clockwise degrees that the player applies: 0, 90, 180, 270.</param>
/// <param name="FrameRate">Mean frames per second; 0 if unknown.</param>
/// <param name="Index">Of the stream in the container.</param>
public sealed record VideoTrack(int Index, string Codec, int Width, int Height, int Rotation, double FrameRate, TimeSpan? Duration)
{
    /// <summary>When the first frame is shown, from the start of the container.</summary>
    public TimeSpan Start { get; init; }

    /// <summary>As ffmpeg names it.</summary>
    public string PixelFormat { get; init; } = "";
}

/// <param name="SampleRate">In Hz.</param>
public sealed record SoundTrack(int Index, string Codec, int SampleRate, int Channels, TimeSpan? Duration);

public sealed record SubtitleTrack(int Index, string Codec, string? Language);
