namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>How scheduler_config.json writes what it chooses, and how requests name samplers.</summary>
public static class SchedulerWords
{
    public static IReadOnlyDictionary<string, BetaSchedule> Betas { get; } = new Dictionary<string, BetaSchedule>(StringComparer.Ordinal)
    {
        ["linear"] = BetaSchedule.Linear,
        ["scaled_linear"] = BetaSchedule.ScaledLinear,
        ["squaredcos_cap_v2"] = BetaSchedule.SquaredCosine,
    };

    public static IReadOnlyDictionary<string, PredictionType> Predictions { get; } = new Dictionary<string, PredictionType>(StringComparer.Ordinal)
    {
        ["epsilon"] = PredictionType.Epsilon,
        ["v_prediction"] = PredictionType.Velocity,
        ["sample"] = PredictionType.Sample,
    };

    public static IReadOnlyDictionary<string, TimestepSpacing> Spacings { get; } = new Dictionary<string, TimestepSpacing>(StringComparer.Ordinal)
    {
        ["leading"] = TimestepSpacing.Leading,
        ["trailing"] = TimestepSpacing.Trailing,
        ["linspace"] = TimestepSpacing.Linspace,
    };

    /// <summary>Classes of schedulers. Models that name PNDM were trained for the same noise, and DDIM samples them.</summary>
    public static IReadOnlyDictionary<string, SamplerKind> Classes { get; } = new Dictionary<string, SamplerKind>(StringComparer.Ordinal)
    {
        ["DDIMScheduler"] = SamplerKind.Ddim,
        ["PNDMScheduler"] = SamplerKind.Ddim,
        ["EulerDiscreteScheduler"] = SamplerKind.Euler,
        ["EulerAncestralDiscreteScheduler"] = SamplerKind.EulerAncestral,
        ["DPMSolverMultistepScheduler"] = SamplerKind.DpmSolver,
        ["LCMScheduler"] = SamplerKind.Lcm,
    };

    /// <summary>Names by which requests choose.</summary>
    public static IReadOnlyDictionary<string, SamplerKind> Samplers { get; } = new Dictionary<string, SamplerKind>(StringComparer.OrdinalIgnoreCase)
    {
        ["ddim"] = SamplerKind.Ddim,
        ["euler"] = SamplerKind.Euler,
        ["euler_ancestral"] = SamplerKind.EulerAncestral,
        ["dpm_solver"] = SamplerKind.DpmSolver,
        ["lcm"] = SamplerKind.Lcm,
    };
}
