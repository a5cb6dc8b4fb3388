using System.Text.Json;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>Reads scheduler_config.json. What it asks for and is not known here is refused rather than left out: the pictures would be others.</summary>
internal sealed class SchedulerFile
{
    // Defaults of the classes that differ from one another.
    private static readonly SamplerKind[] SpreadEvenly = [SamplerKind.Euler, SamplerKind.EulerAncestral, SamplerKind.DpmSolver];

    private readonly string _folder;
    private readonly JsonElement _root;
    private readonly List<string> _problems = [];

    private SchedulerFile(string folder, JsonElement root) => (_folder, _root) = (folder, root);

    /// <summary>A config for each sampler, that of the file first. Throws <see cref="ModelPackException"/> that names all that is wrong.</summary>
    public static IReadOnlyList<DiffusionConfig> Read(string folder, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return new SchedulerFile(folder, document.RootElement).Read();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw new ModelPackException(folder, [$"scheduler_config.json cannot be read: {error.Message}"], error);
        }
    }

    private DiffusionConfig[] Read()
    {
        var own = Word("_class_name", "", SchedulerWords.Classes);
        Refuse("use_karras_sigmas", "use_exponential_sigmas", "use_beta_sigmas", "use_lu_lambdas", "thresholding", "rescale_betas_zero_snr");
        Require("algorithm_type", "dpmsolver++");
        Require("solver_type", "midpoint");
        Require("interpolation_type", "linear");
        DiffusionConfig[] all = [.. Enum.GetValues<SamplerKind>().OrderBy(kind => kind == own ? 0 : 1).Select(Of)];
        Check(all[0]);
        return _problems.Count == 0 ? all : throw new ModelPackException(_folder, [.. _problems.Distinct()]);
    }

    private DiffusionConfig Of(SamplerKind kind) => new()
    {
        Sampler = kind,
        TrainTimesteps = (int)Number("num_train_timesteps", 1000),
        BetaStart = Number("beta_start", 0.0001),
        BetaEnd = Number("beta_end", 0.02),
        Betas = Word("beta_schedule", "linear", SchedulerWords.Betas),
        TrainedBetas = Find("trained_betas") is { } betas ? [.. betas.EnumerateArray().Select(beta => beta.GetDouble())] : null,
        Prediction = Word("prediction_type", "epsilon", SchedulerWords.Predictions),
        Spacing = Word("timestep_spacing", SpreadEvenly.Contains(kind) ? "linspace" : "leading", SchedulerWords.Spacings),
        StepsOffset = (int)Number("steps_offset", 0),
        SetAlphaToOne = Find("set_alpha_to_one")?.GetBoolean() ?? true,
        ClipRange = kind == SamplerKind.Ddim && Clips() ? Number("clip_sample_range", 1) : null,
        EndsInFirstOrder = Find("final_sigmas_type")?.GetString() != "sigma_min",
        OriginalSteps = (int)Number("original_inference_steps", 50),
        TimestepScaling = Number("timestep_scaling", 10),
    };

    // DDIM's own class cuts off unless told not to; the others have no such field.
    private bool Clips() => Find("clip_sample")?.GetBoolean() ?? Find("_class_name")?.GetString() == "DDIMScheduler";

    private void Check(DiffusionConfig config)
    {
        if (config.TrainTimesteps < 1 || config.TrainedBetas is { } betas && betas.Count != config.TrainTimesteps)
        {
            _problems.Add($"scheduler_config.json has {config.TrainedBetas?.Count ?? 0} trained_betas for {config.TrainTimesteps} timesteps");
        }

        if (!(config.BetaStart > 0 && config.BetaStart <= config.BetaEnd && config.BetaEnd < 1))
        {
            _problems.Add($"scheduler_config.json has betas from {config.BetaStart} to {config.BetaEnd}; they are over 0, rising, and below 1");
        }

        if (config.OriginalSteps < 1 || config.OriginalSteps > config.TrainTimesteps)
        {
            _problems.Add($"scheduler_config.json has original_inference_steps of {config.OriginalSteps}");
        }
    }

    private void Refuse(params string[] names) =>
        _problems.AddRange(names.Where(name => Find(name)?.ValueKind == JsonValueKind.True).Select(name => $"scheduler_config.json sets '{name}', which is not known here"));

    private void Require(string name, string only)
    {
        if (Find(name) is { } value && value.GetString() != only)
        {
            _problems.Add($"scheduler_config.json sets '{name}' to '{value}'; only '{only}' is known here");
        }
    }

    private T Word<T>(string name, string otherwise, IReadOnlyDictionary<string, T> words)
    {
        var word = Find(name)?.GetString() ?? otherwise;
        if (words.TryGetValue(word, out var value))
        {
            return value;
        }

        _problems.Add($"scheduler_config.json has '{word}' for '{name}'; known are {string.Join(", ", words.Keys)}");
        return words.Values.First();
    }

    private double Number(string name, double otherwise) => Find(name)?.GetDouble() ?? otherwise;

    private JsonElement? Find(string name) => _root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
