using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>One graph, "echo", which gives back whatever comes in, and remembers it.</summary>
internal sealed class FakeGraphs : IGraphInference
{
    private static readonly ModelIdentity Model = new("echo", "revision", "fp32", "echo", "", "cpu", "MIT");

    public InferJob? Job { get; private set; }

    /// <summary>Set to not answer.</summary>
    public SensoriumException? Unreachable { get; set; }

    public SensoriumException? Failure { get; set; }

    public ValueTask<ServedModels<GraphDescription>> DescribeAsync(CancellationToken cancellationToken) => Unreachable is not null
        ? throw Unreachable
        : ValueTask.FromResult(ServedModels.Only("inference", new GraphDescription(
            Model, "3", [new("x", TensorType.Int32, [-1, 16], ["batch", ""])], [new("x", TensorType.Int32, [-1, 16], ["batch", ""])], 8, LimitsRequests: false)
        {
            Aliases = ["echo-alias"],
        }));

    public Task<InferResult> InferAsync(InferJob job, CancellationToken cancellationToken)
    {
        Job = job;
        var timing = new EncodeTiming { Queue = TimeSpan.FromMilliseconds(1), Inference = TimeSpan.FromMilliseconds(2), BatchSize = 2 };
        return Failure is null ? Task.FromResult(new InferResult(job.Inputs, Model, timing)) : throw Failure;
    }
}
