namespace Sensorium.Media.Sound;

/// <summary>Turns windows of samples into what a model reads. Safe for concurrent use.</summary>
public interface ISoundFeatures
{
    /// <summary>How sounds are cut.</summary>
    WindowSize Windows { get; }

    /// <summary>SHA-256 over all parameters.</summary>
    string Digest { get; }

    /// <summary>Of what a window of so many samples becomes.</summary>
    int[] ShapeOf(int samples);

    /// <summary>Mel frames, or as many as such a window would have.</summary>
    int FramesOf(int samples);

    /// <summary>Writes what <see cref="ShapeOf"/> says, row major.</summary>
    /// <param name="samples">At least one, at most a window.</param>
    void Extract(ReadOnlySpan<float> samples, Span<float> target);
}
