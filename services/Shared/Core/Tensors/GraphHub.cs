using Microsoft.Extensions.Logging;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Tensors;

/// <summary>The bare graphs of this process, chosen by what the job asks for.</summary>
public sealed class GraphHub : IGraphInference, IAsyncDisposable
{
    private readonly ModelHub<GraphDescription, GraphPipeline> _hub = new("inference");

    public ServedModels<GraphDescription> Served => _hub.Served;

    /// <summary>What loads graphs into this hub.</summary>
    /// <param name="create">Loads the graph of a model.</param>
    public IModelRunner RunBy(Func<CatalogModel, GraphPart, GraphPipeline> create, ILogger logger) =>
        new ModelRunner<GraphPart, GraphDescription, GraphPipeline>(
            _hub,
            ModelTask.Infer,
            pack => pack.Graph,
            async (model, part, cancellationToken) =>
            {
                var pipeline = await Task.Run(() => create(model, part), cancellationToken);
                return new LoadedModel<GraphDescription, GraphPipeline>(pipeline.Description, pipeline);
            },
            logger)
        {
            StartsWithoutAny = true,
        };

    public ValueTask<ServedModels<GraphDescription>> DescribeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_hub.Served);

    public async Task<InferResult> InferAsync(InferJob job, CancellationToken cancellationToken)
    {
        using var use = await _hub.UseAsync(job.Model, cancellationToken);
        return await use.Server.InferAsync(job, cancellationToken);
    }

    /// <summary>Null if all graphs that are awake work, else why one does not.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var peek in _hub.PeekAll())
        {
            using var use = peek;
            if (await use.Server.CheckAsync(cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
