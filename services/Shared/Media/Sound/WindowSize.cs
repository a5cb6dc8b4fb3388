namespace Sensorium.Media.Sound;

/// <summary>How a sound is cut into windows.</summary>
/// <param name="SamplingRate">In Hz.</param>
/// <param name="Samples">Of one window.</param>
/// <param name="MinTail">A rest at the end shorter than this part of a window is left out, unless it is all there is.</param>
public sealed record WindowSize(int SamplingRate, int Samples, double MinTail)
{
    public TimeSpan Duration => TimeSpan.FromSeconds((double)Samples / SamplingRate);
}
