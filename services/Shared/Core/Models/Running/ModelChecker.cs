namespace Sensorium.Core.Models.Running;

/// <summary>Tries what this process would do with a model, and lets it go.</summary>
/// <param name="graphs">Reads what graphs declare; none where no runtime of graphs is registered.</param>
public sealed class ModelChecker(IEnumerable<IModelRunner> runners, IEnumerable<IGraphReader> graphs, MemoryReliefs memory, TimeProvider time)
{
    private readonly IModelRunner[] _runners = [.. runners];
    private readonly IGraphReader[] _graphs = [.. graphs];

    public async Task<ModelCheck> CheckAsync(CatalogModel model, CancellationToken cancellationToken)
    {
        var parts = new List<PartCheck>();
        foreach (var runner in _runners)
        {
            if (runner.PartOf(model) is { } part)
            {
                var check = await runner.CheckAsync(model, time, cancellationToken);
                parts.Add(check with { Graphs = [.. _graphs.SelectMany(reader => reader.Read(part, check.Part.Model?.Variant))] });
            }
        }

        memory.Release();
        return new ModelCheck(ModelOverview.Of(model, parts.Select(part => part.Part)), parts);
    }
}
