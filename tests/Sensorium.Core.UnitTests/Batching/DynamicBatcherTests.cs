using Sensorium.Core.Admission;
using Sensorium.Core.Batching;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Core.UnitTests.Batching;

public sealed class DynamicBatcherTests : DynamicBatcherTestBase
{
    [Fact]
    public async Task A_single_item_runs_at_once_and_reports_itsTimes()
    {
        var result = Enqueue(21);
        await Processor.RunStarted();
        Time.Advance(TimeSpan.FromSeconds(2));
        Processor.LetOneRun();

        Assert.Equal(new BatchResult<int>(42, TimeSpan.Zero, TimeSpan.FromSeconds(2), 1), await result);
    }

    [Fact]
    public async Task What_arrives_during_a_run_goes_together_and_knows_how_long_it_waited()
    {
        var first = Enqueue(1);
        await Processor.RunStarted();
        var others = new[] { Enqueue(2), Enqueue(3), Enqueue(4) };
        Time.Advance(TimeSpan.FromSeconds(1));
        Processor.LetAllRun();

        Assert.Equal(1, (await first).BatchSize);
        foreach (var result in await Task.WhenAll(others))
        {
            Assert.Equal((3, TimeSpan.FromSeconds(1)), (result.BatchSize, result.QueueTime));
        }
    }

    [Fact]
    public async Task A_full_batch_is_prepared_while_another_runs_and_a_partial_one_is_not()
    {
        var results = new List<Task> { Enqueue(1) };
        await Processor.BatchPrepared();
        await Processor.RunStarted();
        results.AddRange(Enumerable.Range(2, 6).Select(value => Enqueue(value)));
        await Processor.BatchPrepared();
        results.Add(Enqueue(8));
        Processor.LetAllRun();
        await Task.WhenAll(results);

        Assert.Equal([[1], [2, 3, 4, 5], [6, 7, 8]], Processor.Runs);
    }

    [Fact]
    public async Task Higher_priority_leaves_first_and_equals_in_order_of_arrival()
    {
        Options.MaxBatchSize = 1;
        var results = new List<Task> { Enqueue(0) };
        await Processor.RunStarted();
        results.Add(Enqueue(1, RequestPriority.Low));
        // The assembler may hold one batch already when the others arrive.
        await Processor.BatchPrepared();
        await Processor.BatchPrepared();
        results.Add(Enqueue(2, RequestPriority.Low));
        results.Add(Enqueue(3));
        results.Add(Enqueue(4, RequestPriority.High));
        results.Add(Enqueue(5, RequestPriority.High));
        Processor.LetAllRun();
        await Task.WhenAll(results);

        Assert.Equal([[0], [1], [4], [5], [3], [2]], Processor.Runs);
    }

    [Fact]
    public async Task Shapes_do_not_mix()
    {
        var results = new List<Task> { Enqueue(0) };
        await Processor.RunStarted();
        results.AddRange(Enumerable.Range(1, 4).Select(value => Enqueue(value, shape: value % 2 == 0 ? "even" : "odd")));
        Processor.LetAllRun();
        await Task.WhenAll(results);

        Assert.Equal([[0], [1, 3], [2, 4]], Processor.Runs);
    }

    [Fact]
    public async Task Work_units_bound_a_batch()
    {
        Options.MaxBatchWork = 10;
        var results = new List<Task> { Enqueue(0) };
        await Processor.RunStarted();
        results.AddRange(new[] { Enqueue(1, work: 6), Enqueue(2, work: 4), Enqueue(3, work: 25), Enqueue(4, work: 1) });
        Processor.LetAllRun();
        await Task.WhenAll(results);

        Assert.Equal([[0], [1, 2], [3], [4]], Processor.Runs);
    }

    [Fact]
    public async Task A_cancelled_item_never_reaches_the_model_and_leaves_its_place()
    {
        Options.MaxQueueItems = 1;
        var running = Enqueue(0);
        await Processor.RunStarted();
        using var cancellation = new CancellationTokenSource();
        var cancelled = Enqueue(1, cancellationToken: cancellation.Token);
        await cancellation.CancelAsync();
        var next = Enqueue(2);
        Processor.LetAllRun();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Task.WhenAll(running, next);
        Assert.Equal([[0], [2]], Processor.Runs);
    }

    [Fact]
    public async Task What_finds_the_queue_full_waits_for_room()
    {
        Options.MaxQueueItems = 1;
        Options.MaxBatchSize = 1;
        var running = Enqueue(0);
        await Processor.RunStarted();
        await Processor.BatchPrepared();
        var prefetched = Enqueue(1);
        await Processor.BatchPrepared();
        var queued = Enqueue(2);

        var outside = Batcher.EnqueueAsync(new BatchItem<int>(3, 1, "any"), CancellationToken.None).AsTask();

        Assert.False(outside.IsCompleted);
        Processor.LetAllRun();
        Assert.Equal(6, (await await outside).Output);
        await Task.WhenAll(running, prefetched, queued);
    }

    [Fact]
    public async Task Stopping_fails_what_waits_and_lets_the_present_run_end()
    {
        var running = Enqueue(1);
        await Processor.RunStarted();
        var waiting = Enqueue(2);
        var stopped = Batcher.DisposeAsync().AsTask();

        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<SensoriumException>(() => waiting)).Code);
        Assert.False(stopped.IsCompleted);
        Processor.LetOneRun();
        await stopped;
        Assert.Equal(2, (await running).Output);
        await Assert.ThrowsAsync<SensoriumException>(() => Enqueue(3));
    }

    [Fact]
    public async Task After_a_while_without_a_run_memory_is_given_back_once()
    {
        Processor.LetAllRun();
        await Enqueue(1);
        Time.Advance(Options.IdleAfter / 2);
        await Enqueue(2);
        Assert.Equal(0, Processor.Reliefs);

        await UntilRelievedAsync(1);
        Time.Advance(10 * Options.IdleAfter);
        await Enqueue(3);
        Assert.Equal(1, Processor.Reliefs);

        await UntilRelievedAsync(2);
    }

    // A result is there a moment before its run is over.
    private async Task UntilRelievedAsync(int times)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Processor.Reliefs < times && !timeout.IsCancellationRequested)
        {
            Time.Advance(Options.IdleAfter);
            await Task.Yield();
        }

        Assert.Equal(times, Processor.Reliefs);
    }
}
