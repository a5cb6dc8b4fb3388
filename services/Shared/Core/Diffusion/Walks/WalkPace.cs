namespace Sensorium.Core.Diffusion.Walks;

/// <summary>How far a walk has come at each moment, from 0 to 1.</summary>
public static class WalkPace
{
    // A part of the way passes evenly, so that nothing stands still where the sound does.
    private const double EvenPart = 0.2;
    private const double LeastSum = 1e-3;
    private const int SumsPerSecond = 100;

    /// <summary>As fast at every moment.</summary>
    public static double[] Even(int frames) => [.. Enumerable.Range(0, frames).Select(frame => frames == 1 ? 0 : frame / (frames - 1.0))];

    /// <summary>Where the sound begins something, the walk goes on; between, it hardly moves.</summary>
    /// <param name="sums">Of <see cref="OnsetTracker.Sums"/>.</param>
    public static double[] Of(double[] sums, int frames, double framesPerSecond)
    {
        var even = Even(frames);
        var whole = Heard(sums, (frames - 1) / framesPerSecond);
        return whole < LeastSum ? even : [.. even.Select((share, frame) => (EvenPart * share) + ((1 - EvenPart) * Heard(sums, frame / framesPerSecond) / whole))];
    }

    private static double Heard(double[] sums, double seconds) => sums[Math.Clamp((int)Math.Round(seconds * SumsPerSecond), 0, sums.Length - 1)];
}
