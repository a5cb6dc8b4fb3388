namespace Sensorium.Core.Models.Running;

/// <summary>Whether a model could serve.</summary>
/// <param name="Model">As its folder is now; its parts are those of <paramref name="Parts"/>.</param>
public sealed record ModelCheck(ModelOverview Model, IReadOnlyList<PartCheck> Parts);

/// <param name="Part"><see cref="ModelState.Loaded"/> if it could serve, else <see cref="ModelState.Failed"/> with the reason.</param>
/// <param name="ReadyAfter">Loading and one run.</param>
public sealed record PartCheck(ModelPartState Part, TimeSpan ReadyAfter)
{
    /// <summary>What it runs, as the files declare it, also where they cannot be loaded.</summary>
    public IReadOnlyList<GraphFacts> Graphs { get; init; } = [];

    /// <summary>Tensors that a graph would need and does not declare.</summary>
    public IReadOnlyList<string> MissingTensors { get; init; } = [];
}
