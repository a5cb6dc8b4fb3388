using Sensorium.Core.Packs;

namespace Sensorium.Core.Models;

/// <summary>A model folder.</summary>
/// <param name="Id">Of the pack; else the folder's name.</param>
/// <param name="IsDefault">Answers requests that name none, where no task has a default of its own.</param>
/// <param name="Pack">What is in it; null if it cannot be read.</param>
/// <param name="Problem">Why it cannot be read.</param>
public sealed record CatalogModel(string Id, bool IsDefault, ModelPack? Pack, string? Problem)
{
    /// <summary>Absolute path.</summary>
    public string Folder { get; init; } = "";

    /// <summary>How it is served.</summary>
    public ModelSettings Settings { get; init; } = new();

    /// <summary>Tasks whose requests mean this model when they name none.</summary>
    public IReadOnlyList<ModelTask> DefaultTasks { get; init; } = [];

    /// <summary>Those of them for which the settings name this model.</summary>
    public IReadOnlyList<ModelTask> NamedTasks { get; init; } = [];

    /// <summary>What this model does.</summary>
    public IEnumerable<ModelKey> Keys => Pack is null
        ? []
        : [
            .. Pack.Encoders.Select(encoder => new ModelKey(encoder.Value.Task, encoder.Key, Id)),
            .. Pack.Decoder is null ? [] : (IEnumerable<ModelKey>)[new ModelKey(Pack.Decoder.Task, null, Id)],
            .. Pack.Diffusion is null ? [] : (IEnumerable<ModelKey>)[new ModelKey(ModelTask.GenerateImage, null, Id)],
            .. Pack.Graph is null ? [] : (IEnumerable<ModelKey>)[new ModelKey(ModelTask.Infer, null, Id)],
        ];

    public bool IsDefaultOf(ModelTask task) => DefaultTasks.Contains(task);

    /// <summary>To be listed by services that cannot serve it, or cannot tell whether they would have.</summary>
    public UnservedModel AsUnserved(string reason, ModelTask task) => new(Id, reason, IsDefaultOf(task)) { Aliases = [.. Settings.Aliases], NamedTasks = NamedTasks };
}
