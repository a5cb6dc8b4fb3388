namespace Sensorium.Core.Packs;

/// <summary>A model pack cannot be used. Names every problem that was found, not the first alone.</summary>
public sealed class ModelPackException(string folder, IReadOnlyList<string> problems, Exception? innerException = null)
    : Exception($"Model folder '{folder}' cannot be used: {string.Join("; ", problems)}.", innerException)
{
    public string Folder { get; } = folder;

    public IReadOnlyList<string> Problems { get; } = problems;

    /// <summary>Tensors that a graph would need and does not declare, where that is the problem.</summary>
    public IReadOnlyList<string> MissingTensors { get; init; } = [];
}
