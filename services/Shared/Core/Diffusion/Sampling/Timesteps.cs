namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>Which timesteps a model is asked about, the noisiest first.</summary>
internal static class Timesteps
{
    /// <summary>Of a sampler whose last step ends beyond the last timestep.</summary>
    /// <param name="rounds">Whether they are whole numbers where they are spread evenly.</param>
    public static double[] Of(DiffusionConfig config, int steps, bool rounds) => config.Spacing switch
    {
        TimestepSpacing.Leading => Leading(config, steps, config.TrainTimesteps / steps),
        TimestepSpacing.Trailing => Trailing(config, steps),
        _ => Spread(config, steps, steps, rounds),
    };

    /// <summary>Of DPM-Solver++, which counts the end of the last step among the timesteps.</summary>
    public static double[] WithEnd(DiffusionConfig config, int steps) => config.Spacing switch
    {
        TimestepSpacing.Leading => Leading(config, steps + 1, config.TrainTimesteps / (steps + 1))[..^1],
        TimestepSpacing.Trailing => Trailing(config, steps),
        _ => Spread(config, steps + 1, steps, rounds: true),
    };

    /// <summary>Of LCM: evenly chosen among those that the teacher took.</summary>
    /// <param name="strength">Of the noise that a picture is begun with; 1 where there is none.</param>
    public static double[] Consistent(DiffusionConfig config, int steps, double strength)
    {
        var stride = config.TrainTimesteps / config.OriginalSteps;
        var teacher = (int)(config.OriginalSteps * strength);
        return [.. Enumerable.Range(0, steps).Select(i => (double)((teacher - (int)((long)i * teacher / steps)) * stride) - 1)];
    }

    // The first of them may be beyond the training where an offset is added.
    private static double[] Leading(DiffusionConfig config, int steps, int stride) =>
        [.. Enumerable.Range(0, steps).Select(i => (double)Math.Min(((steps - 1 - i) * stride) + config.StepsOffset, config.TrainTimesteps - 1))];

    private static double[] Trailing(DiffusionConfig config, int steps) =>
        [.. Enumerable.Range(0, steps).Select(i => Math.Round(config.TrainTimesteps - ((double)i * config.TrainTimesteps / steps), MidpointRounding.ToEven) - 1)];

    private static double[] Spread(DiffusionConfig config, int points, int steps, bool rounds)
    {
        var stride = points == 1 ? 0 : (config.TrainTimesteps - 1.0) / (points - 1);
        var spread = Enumerable.Range(0, steps).Select(i => (points - 1 - i) * stride);
        return [.. rounds ? spread.Select(timestep => Math.Round(timestep, MidpointRounding.ToEven)) : spread];
    }
}
