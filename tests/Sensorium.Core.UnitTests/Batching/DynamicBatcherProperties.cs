using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;
using Sensorium.Core.Admission;
using Sensorium.Core.Batching;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Core.UnitTests.Batching;

public sealed class DynamicBatcherProperties
{
    private enum Fate
    {
        Good,
        Poisoned,
        Cancelled,
    }

    private static readonly Arbitrary<Fate[]> Loads = Gen.ArrayOf(Gen.Frequency(
        (8, Gen.Constant(Fate.Good)), (1, Gen.Constant(Fate.Poisoned)), (1, Gen.Constant(Fate.Cancelled)))).ToArbitrary();

    [Fact]
    public void Every_item_ends_exactly_as_it_deserves() => FsCheck.Fluent.Prop
        .ForAll(Loads, fates => EndsAsDeserved(fates).GetAwaiter().GetResult())
        .QuickCheckThrowOnFailure();

    private static async Task<bool> EndsAsDeserved(Fate[] fates)
    {
        using var processor = new GatedProcessor(open: true);
        processor.Poisoned.UnionWith(fates.Index().Where(fate => fate.Item == Fate.Poisoned).Select(fate => fate.Index));
        var options = new BatcherOptions { MaxBatchSize = 5, MaxQueueItems = 7 };
        await using var batcher = new DynamicBatcher<int, int>("test", processor, options, TimeProvider.System, NullLogger.Instance);
        using var cancelled = new CancellationTokenSource();
        var tasks = fates.Select((fate, index) => Run(batcher, index, fate == Fate.Cancelled ? cancelled.Token : default)).ToArray();
        await cancelled.CancelAsync();
        var ends = await Task.WhenAll(tasks);

        return ends.Index().All(end => fates[end.Index] switch
        {
            Fate.Good => end.Item == 2 * end.Index,
            Fate.Poisoned => end.Item == -1,
            _ => end.Item == -2 || end.Item == 2 * end.Index,
        }) && processor.Runs.All(run => run.Length <= options.MaxBatchSize);
    }

    private static async Task<int> Run(DynamicBatcher<int, int> batcher, int value, CancellationToken cancellationToken)
    {
        try
        {
            var item = new BatchItem<int>(value, 1, $"{value % 2}", (RequestPriority)(value % 3 - 1));
            return (await await batcher.EnqueueAsync(item, cancellationToken)).Output;
        }
        catch (SensoriumException)
        {
            return -1;
        }
        catch (OperationCanceledException)
        {
            return -2;
        }
    }
}
