using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Batching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Core.UnitTests.Batching;

public sealed class DynamicBatcherFaultTests : IAsyncDisposable
{
    private readonly GatedProcessor _processor = new();
    private readonly FakeTimeProvider _time = new();
    private readonly BatcherOptions _options = new() { MaxBatchSize = 4, MaxQueueItems = 8 };
    private readonly Lazy<DynamicBatcher<int, int>> _batcher;

    public DynamicBatcherFaultTests() =>
        _batcher = new(() => new DynamicBatcher<int, int>("test", _processor, _options, _time, NullLogger.Instance));

    private DynamicBatcher<int, int> Batcher => _batcher.Value;

    public async ValueTask DisposeAsync()
    {
        _processor.LetAllRun();
        await Batcher.DisposeAsync();
        _processor.Dispose();
    }

    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 1, 2, 3, 4 })]
    public async Task Poisoned_items_fail_alone(int[] poisoned)
    {
        _processor.Poisoned.UnionWith(poisoned);
        var first = Enqueue(0);
        await _processor.RunStarted();
        var results = Enumerable.Range(1, 4).ToDictionary(value => value, value => Enqueue(value));
        _processor.LetAllRun();
        await first;

        foreach (var (value, result) in results)
        {
            if (poisoned.Contains(value))
            {
                var error = await Assert.ThrowsAsync<SensoriumException>(() => result);
                Assert.Equal(ErrorReasons.ModelFault, error.Reason);
            }
            else
            {
                Assert.Equal(2 * value, (await result).Output);
            }
        }

        Assert.Null(Batcher.DeviceFault);
    }

    [Fact]
    public async Task A_broken_device_fails_everything_after_a_few_runs_and_can_recover()
    {
        _options.MaxBatchSize = 64;
        _options.MaxQueueItems = 64;
        var first = Enqueue(0);
        await _processor.RunStarted();
        var results = Enumerable.Range(1, 64).Select(value => Enqueue(value)).ToArray();
        _processor.DeviceBroken = true;
        _processor.LetAllRun();

        await Assert.ThrowsAsync<SensoriumException>(() => first);
        foreach (var result in results)
        {
            Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<SensoriumException>(() => result)).Code);
        }

        Assert.InRange(_processor.Runs.Count, 2, 8);
        Assert.NotNull(Batcher.DeviceFault);
        _processor.DeviceBroken = false;
        Assert.True(await Batcher.ProbeAsync());
        Assert.Null(Batcher.DeviceFault);
        Assert.Equal(2, (await Enqueue(1)).Output);
    }

    private Task<BatchResult<int>> Enqueue(int value) =>
        Batcher.EnqueueAsync(new BatchItem<int>(value, 1, "any"), CancellationToken.None);
}
