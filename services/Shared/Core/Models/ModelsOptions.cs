namespace Sensorium.Core.Models;

/// <summary>Which models are served. Section "Sensorium:Models".</summary>
public sealed class ModelsOptions
{
    public const string Section = "Sensorium:Models";

    /// <summary>
    /// Folder whose subfolders are models: packs (pack.json) and Hugging Face exports (config.json and onnx/). Empty takes the
    /// folder "models" beside the program or above it. With "Sensorium:Pack" set, that pack alone is served.
    /// </summary>
    public string Folder { get; set; } = "";

    /// <summary>Id of the model that answers requests that name none; empty takes the first pack, or else the first model, by name.</summary>
    public string Default { get; set; } = "";
}
