namespace Sensorium.Core.Models;

/// <summary>A model that is there and cannot be used.</summary>
/// <param name="Reason">Names what is wrong with it.</param>
/// <param name="IsDefault">Requests that name no model mean this one; they are refused rather than answered by another.</param>
public sealed record UnservedModel(string Id, string Reason, bool IsDefault = false)
{
    /// <summary>Other names that it is asked for by.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Tasks for which the settings name it; their requests that name no model are refused too.</summary>
    public IReadOnlyList<ModelTask> NamedTasks { get; init; } = [];

    public bool IsNamed(string name) => Id == name || Aliases.Contains(name);
}
