using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Batching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Tenancy;
using Sensorium.Core.Tensors;
using Xunit;

namespace Sensorium.Core.UnitTests.Tensors;

public sealed class GraphPipelineTests
{
    [Fact]
    public async Task What_waits_shares_a_run_where_shapes_are_equal()
    {
        using var model = new Doubling();
        await using var pipeline = Pipeline(model, new GraphOptions());
        var first = pipeline.InferAsync(Job(1, 1), CancellationToken.None);
        model.Entered.Wait(TestContext.Current.CancellationToken);
        Task<InferResult>[] waiting = [.. new[] { 2, 3, 2 }.Select(width => pipeline.InferAsync(Job(1, width), CancellationToken.None))];

        model.Go.Set();
        await first;
        var results = await Task.WhenAll(waiting);

        Assert.Equal([2, 1, 2], results.Select(result => result.Timing.BatchSize));
        Assert.Equal([2f, 2f, 2f], Floats(results[1].Outputs[0]));
    }

    [Fact]
    public async Task More_requests_than_may_wait_are_refused_as_overload()
    {
        using var model = new Doubling();
        await using var pipeline = Pipeline(model, new GraphOptions { MaxPendingRequests = 1 });
        var first = pipeline.InferAsync(Job(1, 1), CancellationToken.None);
        model.Entered.Wait(TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => pipeline.InferAsync(Job(1, 1), CancellationToken.None));

        model.Go.Set();
        await first;
        Assert.True(error.IsPassingOverload);
        Assert.Null(await pipeline.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_flood_of_one_tenant_refuses_no_other_and_goes_before_it_by_its_share_alone()
    {
        using var model = new Doubling();
        await using var pipeline = Pipeline(model, new GraphOptions { MaxPendingRequests = 4 });
        var (loud, quiet) = (new Tenant("loud"), new Tenant("quiet"));
        var first = pipeline.InferAsync(Job(1, 9, loud), CancellationToken.None);
        model.Entered.Wait(TestContext.Current.CancellationToken);
        List<Task<InferResult>> waiting = [.. new[] { 1, 2, 3 }.Select(width => pipeline.InferAsync(Job(1, width, loud), CancellationToken.None))];
        await Assert.ThrowsAsync<SensoriumException>(() => pipeline.InferAsync(Job(1, 5, loud), CancellationToken.None));

        waiting.Add(pipeline.InferAsync(Job(1, 4, quiet), CancellationToken.None));
        model.Go.Set();
        await Task.WhenAll([first, .. waiting]);

        Assert.Equal([9, 1, 4, 2, 3], model.Widths);
    }

    private static GraphPipeline Pipeline(Doubling model, GraphOptions options) =>
        new(model, model.Description, options, new FakeTimeProvider(), NullLogger.Instance);

    private static InferJob Job(int rows, int width, Tenant? tenant = null) => new(
        "r", null, [new("x", TensorType.Float32, [rows, width], MemoryMarshal.AsBytes<float>([.. Enumerable.Repeat(1f, rows * width)]).ToArray())], [])
    {
        Tenant = tenant,
    };

    private static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();

    /// <summary>Gives every number twice, once it is let go.</summary>
    private sealed class Doubling : IGraphModel
    {
        public ManualResetEventSlim Entered { get; } = new();

        public ManualResetEventSlim Go { get; } = new();

        /// <summary>Of the first request of each run.</summary>
        public List<long> Widths { get; } = [];

        public GraphDescription Description { get; } = new(
            new ModelIdentity("g", "r", "fp32", "g", "", "cpu", ""),
            "1",
            [new("x", TensorType.Float32, [-1, -1], ["batch", ""])],
            [new("y", TensorType.Float32, [-1, -1], ["batch", ""])],
            MaxBatchRows: 8,
            LimitsRequests: false);

        public IPreparedBatch<IReadOnlyList<Tensor>> Prepare(IReadOnlyList<GraphInput> inputs) => new Prepared(this, inputs);

        public void Dispose()
        {
            Entered.Dispose();
            Go.Dispose();
        }

        private sealed class Prepared(Doubling model, IReadOnlyList<GraphInput> inputs) : IPreparedBatch<IReadOnlyList<Tensor>>
        {
            public IReadOnlyList<IReadOnlyList<Tensor>> Run()
            {
                model.Entered.Set();
                model.Go.Wait();
                model.Widths.Add(inputs[0].Inputs[0].Shape[1]);
                return [.. inputs.Select(input => (IReadOnlyList<Tensor>)[new Tensor("y", TensorType.Float32, input.Inputs[0].Shape, Twice(input.Inputs[0]))])];
            }

            public void Dispose()
            {
            }

            private static byte[] Twice(Tensor tensor) => MemoryMarshal.AsBytes<float>([.. Floats(tensor).Select(number => 2 * number)]).ToArray();
        }
    }
}
