namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>Lu et al. 2022, "DPM-Solver++", algorithm 2: second order from this answer of the model and the one before, at the midpoint.</summary>
internal sealed class DpmSolverSampler(DiffusionConfig config, int steps, int firstStep)
    : DiffusionSampler(config, Timesteps.WithEnd(config, steps), firstStep)
{
    private const int FewSteps = 15;

    private float[]? _before;

    public override void Advance(int index, Span<float> latents, ReadOnlySpan<float> output, ReadOnlySpan<float> noise)
    {
        var now = SharesAt(TimestepOf(index));
        var next = index + 1 < Steps ? SharesAt(TimestepOf(index + 1)) : Config.EndsInFirstOrder ? (Picture: 1, Noise: 0) : SharesAt(0);
        var width = HalfLogRatio(next) - HalfLogRatio(now);
        var growth = next.Picture * -double.ExpM1(-width);
        var curve = _before is not null && !IsFirstOrder(index) ? width / (2 * (HalfLogRatio(now) - HalfLogRatio(SharesAt(TimestepOf(index - 1))))) : 0;
        var predicted = new float[latents.Length];
        for (var i = 0; i < latents.Length; i++)
        {
            var picture = Predict(latents[i], output[i], now);
            var direction = curve == 0 ? picture : picture + (curve * (picture - _before![i]));
            latents[i] = (float)((next.Noise / now.Noise * latents[i]) + (growth * direction));
            predicted[i] = (float)picture;
        }

        _before = predicted;
    }

    private bool IsFirstOrder(int step) => step + 1 == Steps && (Config.EndsInFirstOrder || Steps < FewSteps);

    // Half of the logarithm of the ratio of signal to noise, which the method takes for time.
    private static double HalfLogRatio((double Picture, double Noise) shares) => Math.Log(shares.Picture) - Math.Log(shares.Noise);
}
