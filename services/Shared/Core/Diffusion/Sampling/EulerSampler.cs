namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>
/// Euler's method over the standard deviation of the noise (Karras et al. 2022, algorithm 1 without its churn). The ancestral one goes
/// further down than the next level, and comes up to it with new noise.
/// </summary>
internal sealed class EulerSampler : DiffusionSampler
{
    private readonly double[] _sigmas;
    private readonly bool _isAncestral;

    public EulerSampler(DiffusionConfig config, int steps, int firstStep, bool isAncestral)
        : base(config, Timesteps.Of(config, steps, rounds: false), firstStep)
    {
        _isAncestral = isAncestral;
        _sigmas = [.. Enumerable.Range(0, steps).Select(step => Levels.SigmaAt(TimestepOf(step))), 0];
    }

    public override double InputScale(int index) => 1 / Math.Sqrt((_sigmas[index] * _sigmas[index]) + 1);

    public override bool AddsNoise(int index) => _isAncestral && _sigmas[index + 1] > 0;

    public override void Begin(Span<float> latents, ReadOnlySpan<float> noise)
    {
        var sigma = _sigmas[FirstStep];
        var isWhole = FirstStep == 0 && Config.Spacing == TimestepSpacing.Leading;
        Mix(latents, noise, FirstStep == 0 ? 0 : 1, isWhole ? Math.Sqrt((sigma * sigma) + 1) : sigma);
    }

    public override void Advance(int index, Span<float> latents, ReadOnlySpan<float> output, ReadOnlySpan<float> noise)
    {
        var (sigma, next) = (_sigmas[index], _sigmas[index + 1]);
        var (down, up) = _isAncestral ? Split(sigma, next) : (next, 0);
        for (var i = 0; i < latents.Length; i++)
        {
            var slope = (latents[i] - Denoised(latents[i], output[i], sigma)) / sigma;
            var moved = latents[i] + (slope * (down - sigma));
            latents[i] = (float)(up > 0 ? moved + (up * noise[i]) : moved);
        }
    }

    private static (double Down, double Up) Split(double sigma, double next)
    {
        var up = Math.Sqrt(next * next * ((sigma * sigma) - (next * next)) / (sigma * sigma));
        return (Math.Sqrt((next * next) - (up * up)), up);
    }

    private double Denoised(double latent, double output, double sigma) => Config.Prediction switch
    {
        PredictionType.Velocity => (latent / ((sigma * sigma) + 1)) - (output * sigma / Math.Sqrt((sigma * sigma) + 1)),
        PredictionType.Sample => output,
        _ => latent - (sigma * output),
    };
}
