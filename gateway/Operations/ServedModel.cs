using Sensorium.Core.Modalities;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;

namespace Sensorium.Gateway.Operations;

/// <summary>A model that answers requests, or would load to do so.</summary>
internal sealed record ServedModel(ModelOverview Overview, ModelState State)
{
    // What is nearest to an answer says it best.
    private static readonly ModelState[] Serving = [ModelState.Loaded, ModelState.Idle, ModelState.Loading];

    private static readonly (ModelTask Task, string Output)[] Outputs =
    [
        (ModelTask.Embed, "embedding"),
        (ModelTask.Generate, "text"),
        (ModelTask.Transcribe, "text"),
        (ModelTask.Classify, "label"),
        (ModelTask.Rerank, "score"),
        (ModelTask.Infer, "tensor"),
        (ModelTask.Decide, "decision"),
        (ModelTask.GenerateImage, "image"),
    ];

    public string Id => Overview.Id;

    /// <summary>Names of the modalities that go in; "tensor" for a bare graph.</summary>
    public IReadOnlyList<string> Reads { get; } = [.. ReadsOf(Overview).Distinct()];

    /// <summary>What comes out: "embedding", "text", "label", "score", "tensor", "decision", "image".</summary>
    public IReadOnlyList<string> Writes { get; } = [.. Outputs.Where(row => Does(Overview, row.Task)).Select(row => row.Output).Distinct()];

    /// <summary>Null if none of its parts answers.</summary>
    public static ServedModel? Of(ModelOverview overview)
    {
        var states = Serving.Where(state => overview.Parts.Any(part => part.State == state)).ToArray();
        return states.Length == 0 ? null : new ServedModel(overview, states[0]);
    }

    public bool Does(ModelTask task) => Does(Overview, task);

    private static bool Does(ModelOverview overview, ModelTask task) => overview.Parts.Any(part => part.Task == task);

    // What only writes has nothing but words to begin with; a bare graph takes tensors as they are.
    private static IEnumerable<string> ReadsOf(ModelOverview overview) => overview.Reads.Count > 0 ? overview.Reads : overview.Parts
        .Select(part => ModalityTable.OfService(part.Service)?.Name)
        .OfType<string>()
        .DefaultIfEmpty(Does(overview, ModelTask.Infer) ? "tensor" : "text");
}
