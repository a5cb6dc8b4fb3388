namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>Song et al. 2021, "Denoising diffusion implicit models", equation 12 without noise of its own.</summary>
internal sealed class DdimSampler(DiffusionConfig config, int steps, int firstStep)
    : DiffusionSampler(config, Timesteps.Of(config, steps, rounds: true), firstStep)
{
    public override void Advance(int index, Span<float> latents, ReadOnlySpan<float> output, ReadOnlySpan<float> noise)
    {
        var now = SharesAt(TimestepOf(index));
        var next = SharesAfter(index);
        for (var i = 0; i < latents.Length; i++)
        {
            var predicted = Predict(latents[i], output[i], now);
            var direction = Noise(latents[i], output[i], now);
            if (Config.ClipRange is { } most)
            {
                predicted = Math.Clamp(predicted, -most, most);
            }

            latents[i] = (float)((next.Picture * predicted) + (next.Noise * direction));
        }
    }

    private double Noise(double latent, double output, (double Picture, double Noise) shares) => Config.Prediction switch
    {
        PredictionType.Velocity => (shares.Picture * output) + (shares.Noise * latent),
        PredictionType.Sample => (latent - (shares.Picture * output)) / shares.Noise,
        _ => output,
    };
}
