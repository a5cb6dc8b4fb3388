namespace Sensorium.Core.Models;

/// <summary>Which models are served. Section "Sensorium:Models".</summary>
public sealed class ModelsOptions
{
    public const string Section = "Sensorium:Models";

    /// <summary>
    /// Folder whose subfolders are models: packs (pack.json), Hugging Face exports (config.json and onnx/) and
    /// folders of the diffusers library (model_index.json). Empty takes the
    /// folder "models" beside the program or above it. With "Sensorium:Pack" set, that pack alone is served.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>Id of the model that answers requests that name none; empty takes the first pack, or else the first model, by name.</summary>
    public string Default { get; set; } = "";

    /// <summary>Id of the model for one task, where it is not <see cref="Default"/>: `Defaults:Embed`, `Defaults:Generate`, `Defaults:Transcribe`, `Defaults:Classify`, `Defaults:Rerank`, `Defaults:Infer`, `Defaults:GenerateImage`.</summary>
    public IDictionary<string, string> Defaults { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How single models are served, by their ids; see below.</summary>
    public IDictionary<string, ModelSettings> Settings { get; } = new Dictionary<string, ModelSettings>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of one model; the defaults if there are none.</summary>
    public ModelSettings Of(string id) => Settings.TryGetValue(id, out var settings) ? settings : new ModelSettings();
}
