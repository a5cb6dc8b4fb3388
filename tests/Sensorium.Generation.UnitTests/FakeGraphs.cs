using Sensorium.Core.Encoding;
using Sensorium.Core.Models;
using Sensorium.Core.Tensors;

namespace Sensorium.Generation.UnitTests;

/// <summary>One graph, "echo", which gives back whatever comes in, and remembers for whom.</summary>
internal sealed class FakeGraphs : IGraphInference
{
    private static readonly ModelIdentity Model = new("echo", "revision", "fp32", "echo", "", "cpu", "MIT");

    private static readonly TensorPort Port = new("x", TensorType.Int32, [-1, 1], ["batch", ""]);

    public List<InferJob> Jobs { get; } = [];

    public ValueTask<ServedModels<GraphDescription>> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(ServedModels.Only("inference", new GraphDescription(Model, "1", [Port], [Port], 8, LimitsRequests: false)));

    public Task<InferResult> InferAsync(InferJob job, CancellationToken cancellationToken)
    {
        Jobs.Add(job);
        return Task.FromResult(new InferResult(job.Inputs, Model, new EncodeTiming()));
    }
}
