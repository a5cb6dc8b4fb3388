namespace Sensorium.Core.Models;

/// <summary>How one model is served, by its id. What is not set is as the service that serves it says.</summary>
public sealed class ModelSettings
{
    public const string Section = "Sensorium:Models:Settings:<id>";

    /// <summary>Other names that requests may ask for it by, as `Aliases:0`.</summary>
    public IList<string> Aliases { get; } = [];

    /// <summary>Number type of its weights, as "fp16", "q8" or "auto". Empty takes that of the service.</summary>
    public string Variant { get; set; } = "";

    /// <summary>Number types of single graphs, by the name of the graph, as `Variants:decoder_model_merged`.</summary>
    public IDictionary<string, string> Variants { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>"cpu" or "cuda:N". Empty takes that of the service.</summary>
    public string Device { get; set; } = "";

    /// <summary>Threads of one run; 0 is the pool that all models share. Null takes that of the service.</summary>
    public int? Threads { get; set; }

    /// <summary>Most memory of one graph on an accelerator, in MiB; 0 means no limit. Null takes that of the service.</summary>
    public int? MemoryLimitMiB { get; set; }

    /// <summary>
    /// Whether its vectors are brought to length 1. Null does so unless the folder says otherwise: a `modules.json` of
    /// sentence-transformers without a module `Normalize`. Vectors that are not form a space of their own.
    /// </summary>
    public bool? Normalize { get; set; }

    /// <summary>Gives the model's memory back when nobody has asked for it for so long; the next request loads it again. 0 keeps it.</summary>
    public TimeSpan IdleUnload { get; set; }

    /// <summary>False lists the model and leaves loading it to `ModelService.Load`.</summary>
    public bool LoadAtStart { get; set; } = true;
}
