using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Logging.Abstractions;
using Sensorium.Core.Batching;

namespace Sensorium.Bench.Micro;

/// <summary>What joining sixteen items into batches costs around a model that costs nothing.</summary>
[MemoryDiagnoser]
public class BatchingBenchmarks
{
    private const int Items = 16;

    private readonly Task<BatchResult<int>>[] _results = new Task<BatchResult<int>>[Items];
    private DynamicBatcher<int, int> _batcher = null!;

    [GlobalSetup]
    public void Setup() => _batcher = new DynamicBatcher<int, int>(
        "benchmark", new Identity(), new BatcherOptions { MaxBatchSize = Items }, TimeProvider.System, NullLogger.Instance);

    [GlobalCleanup]
    public void Cleanup() => _batcher.DisposeAsync().AsTask().GetAwaiter().GetResult();

    [Benchmark]
    public async Task SixteenItems()
    {
        for (var i = 0; i < Items; i++)
        {
            _results[i] = await _batcher.EnqueueAsync(new BatchItem<int>(i, 1, "shape"), CancellationToken.None);
        }

        await Task.WhenAll(_results);
    }

    private sealed class Identity : IBatchProcessor<int, int>
    {
        public IPreparedBatch<int> Prepare(IReadOnlyList<int> inputs) => new Prepared(inputs);
    }

    private sealed class Prepared(IReadOnlyList<int> inputs) : IPreparedBatch<int>
    {
        public IReadOnlyList<int> Run() => inputs;

        public void Dispose()
        {
        }
    }
}
