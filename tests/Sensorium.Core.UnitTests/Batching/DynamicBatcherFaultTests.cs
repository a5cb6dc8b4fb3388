using Sensorium.Core.Batching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Core.UnitTests.Batching;

public sealed class DynamicBatcherFaultTests : DynamicBatcherTestBase
{
    [Theory]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 1, 2, 3, 4 })]
    public async Task Poisoned_items_fail_alone(int[] poisoned)
    {
        Processor.Poisoned.UnionWith(poisoned);
        var first = Enqueue(0);
        await Processor.RunStarted();
        var results = Enumerable.Range(1, 4).ToDictionary(value => value, value => Enqueue(value));
        Processor.LetAllRun();
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
        Options.MaxBatchSize = 64;
        Options.MaxQueueItems = 64;
        var first = Enqueue(0);
        await Processor.RunStarted();
        var results = Enumerable.Range(1, 64).Select(value => Enqueue(value)).ToArray();
        Processor.DeviceBroken = true;
        Processor.LetAllRun();

        await Assert.ThrowsAsync<SensoriumException>(() => first);
        foreach (var result in results)
        {
            Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<SensoriumException>(() => result)).Code);
        }

        Assert.InRange(Processor.Runs.Count, 2, 8);
        Assert.NotNull(Batcher.DeviceFault);
        Processor.DeviceBroken = false;
        Assert.True(await Batcher.ProbeAsync());
        Assert.Null(Batcher.DeviceFault);
        Assert.Equal(2, (await Enqueue(1)).Output);
    }
}
