namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>Luo et al. 2023, "Latent consistency models", algorithm 3: every step jumps to the picture, and back to the next level with new noise.</summary>
internal sealed class LcmSampler(DiffusionConfig config, int steps, double strength)
    : DiffusionSampler(config, Timesteps.Consistent(config, steps, strength), 0)
{
    private const double DataDeviation = 0.5;

    private readonly bool _changes = strength < 1;

    public override bool AddsNoise(int index) => index + 1 < Steps;

    public override void Begin(Span<float> latents, ReadOnlySpan<float> noise)
    {
        var (picture, share) = _changes ? SharesAt(TimestepOf(0)) : (0, 1);
        Mix(latents, noise, picture, share);
    }

    public override void Advance(int index, Span<float> latents, ReadOnlySpan<float> output, ReadOnlySpan<float> noise)
    {
        var now = SharesAt(TimestepOf(index));
        var next = SharesAfter(index);
        var scaled = TimestepOf(index) * Config.TimestepScaling;
        var (kept, made) = (
            DataDeviation * DataDeviation / ((scaled * scaled) + (DataDeviation * DataDeviation)),
            scaled / Math.Sqrt((scaled * scaled) + (DataDeviation * DataDeviation)));
        for (var i = 0; i < latents.Length; i++)
        {
            var picture = (made * Predict(latents[i], output[i], now)) + (kept * latents[i]);
            latents[i] = (float)(AddsNoise(index) ? (next.Picture * picture) + (next.Noise * noise[i]) : picture);
        }
    }
}
