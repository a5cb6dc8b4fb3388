using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Sampling;
using Sensorium.Core.Tenancy;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Continuous batching: one thread steps all running sequences; requests join before any step, as soon as there are rows
/// for them, and leave after any. The thread touches nothing that can wait: tokens go into bounded buffers.
/// </summary>
internal sealed partial class DecodeScheduler : IAsyncDisposable
{
    private readonly IDecoderBackend _backend;
    private readonly GenerationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly GroupContext _context;
    private readonly WaitingQueue _waiting;
    private readonly SlotRate _slots = new();
    private readonly Dictionary<int, LengthBucket> _buckets = [];
    private readonly IDisposable _watch;
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;
    private volatile int _running;

    public DecodeScheduler(IDecoderBackend backend, ITokenizer tokenizer, GenerationOptions options, TimeProvider time, ILogger logger)
    {
        (_backend, _options, _time, _logger) = (backend, options, time, logger);
        _waiting = new WaitingQueue(time);
        var model = backend.Identity.Id;
        Metrics = new GenerationMetrics(model, () => _waiting.Rows, () => _running, options.MaxRunningSequences);
        _watch = new AdmissionMetrics("generation").Watch(model, () => QueueState(_waiting.Rows + _running, RequestPriority.Low));
        _context = new GroupContext(backend.Identity, tokenizer, new SamplingBuffers(backend.Shape.VocabularySize), Metrics, _waiting.Settle);
        new Thread(Decode) { IsBackground = true, Name = "sensorium-decode" }.Start();
    }

    public GenerationMetrics Metrics { get; }

    /// <summary>Sequences that wait for a slot.</summary>
    public int Waiting => _waiting.Rows;

    /// <summary>What a request of this priority that came now would find, given the sequences that are under way.</summary>
    /// <param name="tenant">Whose request it is; null counts all that wait.</param>
    public QueueState QueueState(int pending, RequestPriority priority, Tenant? tenant = null) =>
        new(pending, _slots.Estimate(_waiting.RowsBefore(priority, tenant)), _slots.Estimate(1));

    /// <summary>Hands a request over. Gives the number of sequences that wait before it. Its cache is disposed in any case.</summary>
    public int Submit(DecodeJob job)
    {
        job.Clock.MarkSubmitted();
        var position = _waiting.Enqueue(job);
        if (position < 0)
        {
            job.CrossAttention.Dispose();
            throw Draining();
        }

        _arrivals.Release();
        return position;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopping)
        {
            _stopping = true;
            _arrivals.Release();
        }

        await _stopped.Task;
        _watch.Dispose();
        Metrics.Dispose();
    }

    private static SensoriumException Draining() =>
        SensoriumException.Unavailable(ErrorReasons.Draining, "This service is stopping and takes no more captions.");

    private void Decode()
    {
        while (!_stopping)
        {
            if (_running == 0)
            {
                _arrivals.Wait();
            }

            Admit();
            StepAll();
            LetWritersRun();
        }

        Stop();
    }

    private void StepAll()
    {
        var (started, used) = (_time.GetTimestamp(), UsedRows());
        foreach (var (paddedTokens, bucket) in _buckets)
        {
            Step(paddedTokens, bucket);
        }

        _running = UsedRows();
        _slots.Record(used, used - _running, _time.GetElapsedTime(started));
    }

    // This thread always has more to do. Where cores are few, those who carry tokens to callers would otherwise wait for the
    // end of its time slice, which is several steps long.
    private static void LetWritersRun()
    {
        if (ThreadPool.PendingWorkItemCount > 0)
        {
            Thread.Yield();
        }
    }

    // A bucket answers for its own sequences. If its batch cannot even let them go, it is given up; the others go on.
    private void Step(int paddedTokens, LengthBucket bucket)
    {
        try
        {
            bucket.Step();
        }
        catch (Exception error)
        {
            LogBucketFault(_logger, error, paddedTokens);
            _buckets.Remove(paddedTokens);
            bucket.Abandon(SensoriumException.ModelFault($"The decode batch failed: {error.Message}", error));
        }
    }

    private void Admit()
    {
        var free = _options.MaxRunningSequences - UsedRows();
        while (_waiting.TryDequeue(free) is { } job)
        {
            if (job.Cancellation.IsCancellationRequested)
            {
                Drop(job, new OperationCanceledException(job.Cancellation));
                continue;
            }

            job.Clock.MarkAdmitted();
            free -= job.Parameters.Rows;
            Join(job);
        }
    }

    private void Join(DecodeJob job)
    {
        try
        {
            BucketFor(job.CrossAttention.Cache.PaddedTokens).Join(SequenceGroup.Create(job, _context));
        }
        catch (Exception error)
        {
            LogJoinFault(_logger, error, job.RequestId, job.CrossAttention.Cache.PaddedTokens);
            Drop(job, SensoriumException.ModelFault($"The decoder could not take this request in: {error.Message}", error));
        }
    }

    private void Drop(DecodeJob job, Exception error)
    {
        Metrics.SequencesEnded(job.Parameters.Rows, error);
        job.CrossAttention.Dispose();
        job.Stream.Complete(error);
    }

    private void Stop()
    {
        foreach (var job in _waiting.Close())
        {
            Drop(job, Draining());
        }

        foreach (var bucket in _buckets.Values)
        {
            bucket.Abandon(Draining());
        }

        _stopped.SetResult();
    }
}
