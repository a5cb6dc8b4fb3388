using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Batching;

/// <summary>
/// Joins items of many callers into batches. Whatever waits when the model becomes free runs next: no item is held back to
/// wait for company. While a batch runs, a full one is prepared; a partial one stays open for arrivals until the model is
/// free. Runs take place on a thread of their own.
/// </summary>
public sealed partial class DynamicBatcher<TInput, TOutput> : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly BatchQueue<TInput, TOutput> _queue;
    private readonly BatchQueue<TInput, TOutput> _outside;
    private readonly AutoResetEvent _runnerWake = new(false);
    private readonly AutoResetEvent _assemblerWake = new(false);
    private readonly string _name;
    private readonly IBatchProcessor<TInput, TOutput> _processor;
    private readonly BatcherOptions _options;
    private readonly TimeProvider _time;
    private readonly BatcherMetrics _metrics;
    private readonly BatchExecutor<TInput, TOutput> _executor;
    private readonly ITimer _idle;
    private readonly Task[] _threads;
    private Prefetched? _prefetched;
    private TaskCompletionSource<bool>? _probe;
    private bool _assembling;
    private bool _isIdle;
    private bool _idleIsArmed;
    private long _lastRan;
    private bool _stopping;
    private long? _runningSince;

    /// <param name="name">Names the batcher in metrics and messages: "vision".</param>
    public DynamicBatcher(string name, IBatchProcessor<TInput, TOutput> processor, BatcherOptions options, TimeProvider time, ILogger logger)
    {
        (_name, _processor, _options, _time) = (name, processor, options, time);
        var headStart = PriorityLevels.HeadStartIn(time);
        (_queue, _outside) = (new(headStart), new(headStart));
        _metrics = new BatcherMetrics(name);
        _executor = new BatchExecutor<TInput, TOutput>(name, processor, _metrics, time, logger);
        _idle = time.CreateTimer(_ => BecomeIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _threads = [DedicatedThread.Start($"{name} runner", RunLoop), DedicatedThread.Start($"{name} assembler", AssembleLoop)];
    }

    /// <summary>What the device failed with, as long as it fails on every input; else null.</summary>
    public Exception? DeviceFault => _executor.DeviceFault;

    /// <summary>How long the present run has taken; null if none is under way.</summary>
    public TimeSpan? CurrentRunTime
    {
        get
        {
            lock (_gate)
            {
                return _runningSince is { } since ? _time.GetElapsedTime(since) : null;
            }
        }
    }

    /// <summary>Waits for room in the queue; the inner task is the result. What would wait too long has been refused before.</summary>
    public async ValueTask<Task<BatchResult<TOutput>>> EnqueueAsync(BatchItem<TInput> item, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var entry = new BatchEntry<TInput, TOutput>(item, _time.GetTimestamp());
        lock (_gate)
        {
            ThrowIfStopping();
            if (HasRoomFor(entry) && _outside.Count == 0)
            {
                Admit(entry);
            }
            else
            {
                entry.WaitForPlace();
                _outside.Add(entry);
            }
        }

        WatchCancellation(entry, cancellationToken);
        await entry.Admission;
        return entry.Completion;
    }

    /// <summary>Runs an input that is known to be good, between two batches; false if the model fails on it.</summary>
    public Task<bool> ProbeAsync()
    {
        TaskCompletionSource<bool> probe;
        lock (_gate)
        {
            ThrowIfStopping();
            probe = _probe ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _runnerWake.Set();
        return probe.Task;
    }

    /// <summary>Fails what waits, and ends after the present run.</summary>
    public async ValueTask DisposeAsync()
    {
        List<BatchEntry<TInput, TOutput>> left;
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
            _metrics.Queued(-_queue.Count, -_queue.Work);
            left = [.. _queue.RemoveAll(), .. _outside.RemoveAll()];
        }

        left.ForEach(entry => entry.Fail(Stopped()));
        _runnerWake.Set();
        _assemblerWake.Set();
        await Task.WhenAll(_threads);
        await _idle.DisposeAsync();
        _runnerWake.Dispose();
        _assemblerWake.Dispose();
    }

    private void ThrowIfStopping()
    {
        if (_stopping)
        {
            throw Stopped();
        }
    }

    private SensoriumException Stopped() => SensoriumException.Unavailable(ErrorReasons.Draining, $"The {_name} model is being stopped.");
}
