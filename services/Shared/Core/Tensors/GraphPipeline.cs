using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Batching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Tensors;

/// <summary>Runs one graph, which it disposes: requests are checked, admitted, and joined with others where their shapes are equal.</summary>
public sealed class GraphPipeline : IAsyncDisposable
{
    private const string Name = "graph";

    private readonly IGraphModel _model;
    private readonly GraphOptions _options;
    private readonly Backlog _backlog;
    private readonly IDisposable _watch;
    private readonly DynamicBatcher<GraphInput, IReadOnlyList<Tensor>> _batcher;
    private readonly TimeProvider _time;

    /// <param name="description">Of the model, with its aliases.</param>
    public GraphPipeline(IGraphModel model, GraphDescription description, GraphOptions options, TimeProvider time, ILogger logger)
    {
        (_model, Description, _options, _time) = (model, description, options, time);
        var (name, metrics) = ($"{Name} {description.Model.Id}", new AdmissionMetrics(Name));
        _backlog = new Backlog(new AdmissionGate(name, options.AdmissionLimits, metrics, time), time);
        _watch = metrics.Watch(description.Model.Id, () => _backlog.State);
        _batcher = new DynamicBatcher<GraphInput, IReadOnlyList<Tensor>>(Name, model, BatcherOptionsOf(description), time, logger);
    }

    public GraphDescription Description { get; }

    /// <summary>As <see cref="IGraphInference.InferAsync"/> says; the job is one for this graph.</summary>
    public async Task<InferResult> InferAsync(InferJob job, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var input = TensorCheck.Read(Description, job);
        using var admitted = _backlog.Enter(1, RequestPriority.Normal, job.Deadline, job.Tenant);
        var (pending, units) = (admitted[0], (int)Description.RowsOf(input.Inputs));
        pending.Prepared(units);
        pending.PreparedAll();
        var running = await _batcher.EnqueueAsync(new BatchItem<GraphInput>(input, units, KeyOf(input)) { Tenant = job.Tenant ?? Tenant.Default }, cancellationToken);
        var result = await running;
        pending.Done(units);
        pending.End(served: true);
        return new InferResult(result.Output, Description.Model, new EncodeTiming
        {
            Queue = result.QueueTime,
            Inference = result.RunTime,
            Total = _time.GetElapsedTime(started),
            BatchSize = result.BatchSize,
        });
    }

    /// <summary>Null if the graph works, else why not.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (_batcher.CurrentRunTime is { } running && running > _options.MaxRunTime)
        {
            return $"a run of graph '{Description.Model.Id}' has not ended for {running.TotalSeconds:F0} s";
        }

        return _batcher.DeviceFault is { } fault && !await _batcher.ProbeAsync().WaitAsync(cancellationToken)
            ? $"graph '{Description.Model.Id}' fails: {fault.Message}"
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _batcher.DisposeAsync();
        _watch.Dispose();
        _model.Dispose();
    }

    private static BatcherOptions BatcherOptionsOf(GraphDescription graph) => new()
    {
        MaxBatchSize = Math.Max(1, graph.MaxBatchRows),
        MaxBatchWork = graph.MaxBatchRows,
    };

    // Rows of equal shapes, of which the same is wanted.
    private string KeyOf(GraphInput input) => !Description.JoinsRows
        ? ""
        : string.Join(';', input.Inputs.Select(tensor => TensorShape.Text(tensor.Shape.Skip(1))).Concat(input.Outputs));
}
