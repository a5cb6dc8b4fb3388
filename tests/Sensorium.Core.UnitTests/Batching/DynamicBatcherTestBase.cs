using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Admission;
using Sensorium.Core.Batching;

namespace Sensorium.Core.UnitTests.Batching;

/// <summary>A batcher over a processor that runs when the test lets it, made when it is first asked for.</summary>
public abstract class DynamicBatcherTestBase : IAsyncDisposable
{
    private readonly Lazy<DynamicBatcher<int, int>> _batcher;

    protected DynamicBatcherTestBase() =>
        _batcher = new(() => new DynamicBatcher<int, int>("test", Processor, Options, Time, NullLogger.Instance));

    private protected GatedProcessor Processor { get; } = new();

    private protected FakeTimeProvider Time { get; } = new();

    private protected BatcherOptions Options { get; } = new() { MaxBatchSize = 4, MaxQueueItems = 8 };

    private protected DynamicBatcher<int, int> Batcher => _batcher.Value;

    public async ValueTask DisposeAsync()
    {
        Processor.LetAllRun();
        await Batcher.DisposeAsync();
        Processor.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected async Task<BatchResult<int>> Enqueue(
        int value,
        RequestPriority priority = RequestPriority.Normal,
        string shape = "any",
        int work = 1,
        CancellationToken cancellationToken = default) =>
        await await Batcher.EnqueueAsync(new BatchItem<int>(value, work, shape, priority), cancellationToken);
}
