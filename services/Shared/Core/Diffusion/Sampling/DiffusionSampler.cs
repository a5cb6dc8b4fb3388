namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>
/// The way of one picture out of noise: about which timesteps the model is asked, and what becomes of the latents after each answer. It
/// belongs to one picture: some remember the step before.
/// </summary>
public abstract class DiffusionSampler
{
    private readonly double[] _timesteps;

    private protected DiffusionSampler(DiffusionConfig config, double[] timesteps, int firstStep)
    {
        (Config, _timesteps, FirstStep) = (config, timesteps, firstStep);
        Levels = new NoiseLevels(config);
    }

    /// <summary>Steps of the whole way.</summary>
    public int Steps => _timesteps.Length;

    /// <summary>Where it begins: above 0 for a picture that is changed rather than made.</summary>
    public int FirstStep { get; }

    private protected DiffusionConfig Config { get; }

    private protected NoiseLevels Levels { get; }

    public double TimestepOf(int step) => _timesteps[step];

    /// <summary>What the latents are multiplied by before the model sees them.</summary>
    public virtual double InputScale(int index) => 1;

    /// <summary>Whether the step adds noise of its own.</summary>
    public virtual bool AddsNoise(int index) => false;

    /// <summary>Makes the latents that the first step begins with.</summary>
    /// <param name="latents">Of the picture that is changed; zeros where one is made.</param>
    public virtual void Begin(Span<float> latents, ReadOnlySpan<float> noise)
    {
        var (picture, share) = FirstStep == 0 ? (0, 1) : SharesAt(TimestepOf(FirstStep));
        Mix(latents, noise, picture, share);
    }

    /// <summary>Takes the latents one step further.</summary>
    /// <param name="index">Of the step.</param>
    /// <param name="latents">As the step before left them.</param>
    /// <param name="output">What the model said of them.</param>
    /// <param name="noise">Of the step; empty unless it <see cref="AddsNoise"/>.</param>
    public abstract void Advance(int index, Span<float> latents, ReadOnlySpan<float> output, ReadOnlySpan<float> noise);

    /// <summary>The way that a config and a request ask for.</summary>
    /// <param name="strength">How much of a picture that is changed becomes noise, over 0 up to 1; null where one is made.</param>
    public static DiffusionSampler Create(DiffusionConfig config, SamplerKind kind, int steps, double? strength = null)
    {
        // So many of the last steps are taken; LCM takes all of them, nearer to the end.
        var taken = strength is { } share ? Math.Clamp((int)(steps * share), 1, steps) : steps;
        var first = steps - taken;
        return kind switch
        {
            SamplerKind.Euler => new EulerSampler(config, steps, first, isAncestral: false),
            SamplerKind.EulerAncestral => new EulerSampler(config, steps, first, isAncestral: true),
            SamplerKind.DpmSolver => new DpmSolverSampler(config, steps, first),
            SamplerKind.Lcm => new LcmSampler(config, steps, strength ?? 1),
            _ => new DdimSampler(config, steps, first),
        };
    }

    /// <summary>How many steps there can be.</summary>
    /// <param name="strength">As of <see cref="Create"/>.</param>
    public static int MostSteps(DiffusionConfig config, SamplerKind kind, double? strength = null) => kind switch
    {
        SamplerKind.Lcm => (int)(config.OriginalSteps * (strength ?? 1)),
        SamplerKind.DpmSolver => config.TrainTimesteps - 1,
        _ => config.TrainTimesteps,
    };

    /// <summary>Of the picture, at a timestep of a whole number, in latents whose variance is 1.</summary>
    private protected (double Picture, double Noise) SharesAt(double timestep)
    {
        var alpha = Levels.AlphaAt((int)timestep);
        return (Math.Sqrt(alpha), Math.Sqrt(1 - alpha));
    }

    /// <summary>What the next step begins with, or the whole way ends with.</summary>
    private protected (double Picture, double Noise) SharesAfter(int step)
    {
        if (step + 1 < Steps)
        {
            return SharesAt(TimestepOf(step + 1));
        }

        return Config.SetAlphaToOne ? (1, 0) : SharesAt(0);
    }

    /// <summary>The picture that the model believes in, in latents whose variance is 1.</summary>
    private protected double Predict(double latent, double output, (double Picture, double Noise) shares) => Config.Prediction switch
    {
        PredictionType.Velocity => (shares.Picture * latent) - (shares.Noise * output),
        PredictionType.Sample => output,
        _ => (latent - (shares.Noise * output)) / shares.Picture,
    };

    private protected static void Mix(Span<float> latents, ReadOnlySpan<float> noise, double picture, double share)
    {
        for (var i = 0; i < latents.Length; i++)
        {
            latents[i] = (float)((picture * latents[i]) + (share * noise[i]));
        }
    }
}
