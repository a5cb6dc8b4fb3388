namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>How a diffusion model was trained, and how it asks to be sampled: what its scheduler_config.json says.</summary>
public sealed record DiffusionConfig
{
    public SamplerKind Sampler { get; init; } = SamplerKind.Ddim;

    public int TrainTimesteps { get; init; } = 1000;

    public double BetaStart { get; init; } = 0.0001;

    public double BetaEnd { get; init; } = 0.02;

    public BetaSchedule Betas { get; init; } = BetaSchedule.Linear;

    /// <summary>Given one by one; null leaves them to <see cref="Betas"/>.</summary>
    public IReadOnlyList<double>? TrainedBetas { get; init; }

    public PredictionType Prediction { get; init; } = PredictionType.Epsilon;

    public TimestepSpacing Spacing { get; init; } = TimestepSpacing.Leading;

    /// <summary>Added to every timestep where they are spaced from the beginning.</summary>
    public int StepsOffset { get; init; }

    /// <summary>The last step leads to a picture without noise; else to the noise of the first timestep.</summary>
    public bool SetAlphaToOne { get; init; } = true;

    /// <summary>The largest value of a predicted picture; null where nothing is cut off. DDIM alone reads it.</summary>
    public double? ClipRange { get; init; }

    /// <summary>DPM-Solver++ ends with a step of first order in whatever number of steps; else only below fifteen of them.</summary>
    public bool EndsInFirstOrder { get; init; } = true;

    /// <summary>LCM: steps of the teacher, among which the timesteps are chosen.</summary>
    public int OriginalSteps { get; init; } = 50;

    /// <summary>LCM: what the timestep is multiplied by at the boundary condition.</summary>
    public double TimestepScaling { get; init; } = 10;
}

/// <summary>How the variance of the noise grows over the timesteps of the training.</summary>
public enum BetaSchedule
{
    Linear,

    /// <summary>Linear in the square root.</summary>
    ScaledLinear,

    /// <summary>What remains of the picture falls as a squared cosine (Nichol and Dhariwal 2021).</summary>
    SquaredCosine,
}

/// <summary>What the model's answer is.</summary>
public enum PredictionType
{
    /// <summary>The noise.</summary>
    Epsilon,

    /// <summary>The velocity (Salimans and Ho 2022).</summary>
    Velocity,

    /// <summary>The picture.</summary>
    Sample,
}

/// <summary>Which timesteps of the training are taken when there are fewer steps (Lin et al. 2023, table 2).</summary>
public enum TimestepSpacing
{
    Leading,
    Trailing,
    Linspace,
}

public enum SamplerKind
{
    Ddim,
    Euler,
    EulerAncestral,

    /// <summary>DPM-Solver++ of second order, multistep.</summary>
    DpmSolver,
    Lcm,
}
