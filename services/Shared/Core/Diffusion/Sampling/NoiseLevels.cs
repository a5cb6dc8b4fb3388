namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>How much of the picture and how much noise there is at each timestep of the training.</summary>
internal sealed class NoiseLevels
{
    private const double LargestBeta = 0.999;
    private const double CosineOffset = 0.008;

    private readonly double[] _alphas;
    private readonly double[] _sigmas;

    public NoiseLevels(DiffusionConfig config)
    {
        _alphas = Products(config.TrainedBetas is { } trained ? [.. trained] : BetasOf(config));
        _sigmas = [.. _alphas.Select(alpha => Math.Sqrt((1 - alpha) / alpha))];
    }

    /// <summary>The product of 1 - beta up to and with a timestep: the share of the picture in the variance.</summary>
    public double AlphaAt(int timestep) => _alphas[timestep];

    /// <summary>Standard deviation of the noise over that of the picture, between timesteps by interpolation.</summary>
    public double SigmaAt(double timestep)
    {
        var low = (int)Math.Clamp(Math.Floor(timestep), 0, _sigmas.Length - 1);
        var high = Math.Min(low + 1, _sigmas.Length - 1);
        var part = Math.Clamp(timestep - low, 0, 1);
        return (_sigmas[low] * (1 - part)) + (_sigmas[high] * part);
    }

    private static double[] BetasOf(DiffusionConfig config) =>
        [.. Enumerable.Range(0, config.TrainTimesteps).Select(i => config.Betas switch
        {
            BetaSchedule.Linear => Between(config.BetaStart, config.BetaEnd, i, config.TrainTimesteps),
            BetaSchedule.ScaledLinear => Square(Between(Math.Sqrt(config.BetaStart), Math.Sqrt(config.BetaEnd), i, config.TrainTimesteps)),
            _ => Math.Min(1 - (Cosine(i + 1, config.TrainTimesteps) / Cosine(i, config.TrainTimesteps)), LargestBeta),
        })];

    private static double[] Products(double[] betas)
    {
        var product = 1.0;
        return [.. betas.Select(beta => product *= 1 - beta)];
    }

    private static double Between(double start, double end, int i, int count) => count == 1 ? start : start + ((end - start) * i / (count - 1));

    private static double Cosine(int i, int count) => Square(Math.Cos((((double)i / count) + CosineOffset) / (1 + CosineOffset) * Math.PI / 2));

    private static double Square(double value) => value * value;
}
