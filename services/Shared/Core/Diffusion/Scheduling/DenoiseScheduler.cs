using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Scheduling;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Diffusion.Scheduling;

/// <summary>
/// Continuous batching: one thread takes all running pictures a step further, those of one size together whatever step each is at; pictures
/// join before any step and leave after any. The thread touches nothing that can wait.
/// </summary>
internal sealed partial class DenoiseScheduler : IAsyncDisposable
{
    private readonly IDiffusionBackend _backend;
    private readonly ImageGenerationOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DenoiseStep _step;
    private readonly PictureQueue _waiting;
    private readonly SlotRate _slots = new();
    private readonly List<Picture> _running = [];
    private readonly ImageMetrics _metrics;
    private readonly IDisposable _watch;
    private readonly SemaphoreSlim _arrivals = new(0);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;
    private volatile int _runningCount;
    private volatile bool _hasFailed;

    public DenoiseScheduler(IDiffusionBackend backend, ImageGenerationOptions options, TimeProvider time, ILogger logger)
    {
        (_backend, _options, _time, _logger) = (backend, options, time, logger);
        (_step, _waiting) = (new DenoiseStep(backend), new PictureQueue(time));
        _metrics = new ImageMetrics(backend.Identity.Id, () => _waiting.Count, () => _runningCount);
        _watch = new AdmissionMetrics("image-generation").Watch(backend.Identity.Id, () => QueueState(_waiting.Count + _runningCount, RequestPriority.Low));
        new Thread(Denoise) { IsBackground = true, Name = "sensorium-denoise" }.Start();
    }

    /// <summary>Pictures that wait for their turn.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>The last run failed.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>What a request that came now would find, given the pictures that are under way.</summary>
    public QueueState QueueState(int pending, RequestPriority priority, Tenant? tenant = null) =>
        new(pending, _slots.Estimate(_waiting.CountBefore(priority, tenant)), _slots.Estimate(1));

    /// <summary>Hands pictures of one request over. Gives the number that are begun before them.</summary>
    public int Submit(IReadOnlyList<Picture> pictures)
    {
        var before = _waiting.Enqueue(pictures);
        if (before < 0)
        {
            throw Draining();
        }

        // Each picture may be the one that the thread waits for.
        _arrivals.Release(pictures.Count);
        return before;
    }

    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        _arrivals.Release();
        await _stopped.Task;
        _watch.Dispose();
        _metrics.Dispose();
        _arrivals.Dispose();
    }

    private static SensoriumException Draining() =>
        SensoriumException.Unavailable(ErrorReasons.Draining, "This service is stopping and takes no more pictures.");

    private void Denoise()
    {
        while (!_stopping)
        {
            if (_running.Count == 0)
            {
                _arrivals.Wait();
            }

            Leave();
            Admit();
            StepAll();
        }

        foreach (var picture in _waiting.Close().Concat(_running))
        {
            Fail(picture, Draining());
        }

        _stopped.SetResult();
    }

    private void Admit()
    {
        while (_running.Count < _options.MaxRunningPictures && _waiting.TryDequeue() is { } picture)
        {
            if (picture.Cancellation.IsCancellationRequested)
            {
                Fail(picture, new OperationCanceledException(picture.Cancellation));
                continue;
            }

            picture.Events.TryWrite(new PictureEvent(picture, 0, null));
            _running.Add(picture);
        }

        _runningCount = _running.Count;
    }

    // Whoever stops reading stops the work before its next step.
    private void Leave()
    {
        foreach (var picture in _running.Where(picture => picture.Cancellation.IsCancellationRequested).ToArray())
        {
            Fail(picture, new OperationCanceledException(picture.Cancellation));
            _running.Remove(picture);
        }
    }

    private void StepAll()
    {
        var (started, before) = (_time.GetTimestamp(), _running.Count);
        foreach (var batch in PictureBatches.Of(_running, _options.MaxBatchRows, _backend.Shape.JoinsTimesteps))
        {
            Step(batch);
        }

        _running.RemoveAll(picture => picture.IsDone);
        _runningCount = _running.Count;
        if (before > 0)
        {
            _slots.Record(before, before - _running.Count, _time.GetElapsedTime(started));
        }
    }

    // One that fails in company is tried by itself, so that it fails alone.
    private void Step(IReadOnlyList<Picture> batch)
    {
        var started = _time.GetTimestamp();
        try
        {
            _step.Run(batch);
            _hasFailed = false;
        }
        catch (Exception) when (batch.Count > 1)
        {
            foreach (var picture in batch)
            {
                Step([picture]);
            }

            return;
        }
        catch (Exception error)
        {
            _hasFailed = true;
            LogStepFault(error, batch[0].Step);
            Drop(batch[0], SensoriumException.ModelFault($"The model failed at a step of this picture: {error.Message}", error));
            return;
        }

        _metrics.Step(batch.Sum(picture => picture.Rows), _time.GetElapsedTime(started));
        foreach (var picture in batch)
        {
            Report(picture);
        }
    }

    private void Report(Picture picture)
    {
        try
        {
            DenoiseStep.Check(picture);
        }
        catch (SensoriumException error)
        {
            LogNotFinite(picture.Step);
            Drop(picture, error);
            return;
        }

        var done = picture.Step - picture.Sampler.FirstStep;
        picture.Events.TryWrite(new PictureEvent(picture, done, picture.IsDone || picture.Shown.Contains(done) ? [.. picture.Latents] : null));
        if (picture.IsDone)
        {
            _metrics.Ended("end");
        }
    }

    private void Drop(Picture picture, Exception error)
    {
        _running.Remove(picture);
        Fail(picture, error);
    }

    private void Fail(Picture picture, Exception error)
    {
        _metrics.Ended(error is OperationCanceledException ? "cancelled" : "failed");
        picture.Events.TryComplete(error);
    }

    [LoggerMessage(2100, LogLevel.Error, "Step {Step} of a picture failed")]
    private partial void LogStepFault(Exception error, int step);

    [LoggerMessage(2101, LogLevel.Warning, "Latents of a picture are not finite numbers after step {Step}")]
    private partial void LogNotFinite(int step);
}
