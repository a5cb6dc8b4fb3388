using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Batching;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>
/// Encodes in this process: content is resolved, prepared on the preprocessing workers, batched with the segments of other
/// requests, and its segments' vectors are joined. One pipeline serves one model, which it disposes.
/// </summary>
public sealed partial class EncoderPipeline : IAsyncDisposable
{
    private readonly EncoderSetup _setup;
    private readonly EncoderDescription _description;
    private readonly Backlog _backlog;
    private readonly IDisposable _watch;
    private readonly DynamicBatcher<EncoderInput, ModelOutput> _batcher;
    private readonly ItemEncoder _items;
    private readonly ILogger _logger;
    private volatile string? _notReady = "the model has not been warmed up";

    public EncoderPipeline(EncoderSetup setup, PreprocessingWorkers workers, TimeProvider time, ILogger<EncoderPipeline> logger)
    {
        (_setup, _logger) = (setup, logger);
        _description = setup.Describe();
        var metrics = new AdmissionMetrics(setup.Name);
        _backlog = new Backlog(new AdmissionGate($"{setup.Name} encoder", setup.Options.AdmissionLimits, metrics, time), time);
        _watch = metrics.Watch(_description.Model.Id, () => _backlog.State);
        _batcher = new DynamicBatcher<EncoderInput, ModelOutput>(setup.Name, setup.Model, setup.BatcherOptions(), time, logger);
        _items = new ItemEncoder(setup, _description, _batcher, workers, time);
    }

    public string Name => _setup.Name;

    public EncoderDescription Description => _description;

    /// <summary>As <see cref="IEncoder.EncodeAsync"/> says; the batch is one for this model.</summary>
    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        CheckRequest(batch);
        using var activity = EncoderActivity.Start(Name, batch);
        using var admitted = _backlog.Enter(batch.Items.Count, batch.Priority, batch.Deadline, batch.Tenant);
        return await Task.WhenAll(batch.Items.Select((item, index) => EncodeOneAsync(item, batch, admitted[index], cancellationToken)));
    }

    /// <summary>Runs an input that is known to be good; the service is not ready before. Throws if the model fails on it.</summary>
    public async Task WarmUpAsync()
    {
        if (!await _batcher.ProbeAsync())
        {
            throw new InvalidOperationException($"The {Name} model failed its warm-up run.", _batcher.DeviceFault);
        }

        _notReady = null;
    }

    /// <summary>Null if the model works, else why not.</summary>
    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        if (_batcher.CurrentRunTime is { } running && running > _setup.Options.MaxRunTime)
        {
            return $"a run of the model has not ended for {running.TotalSeconds:F0} s";
        }

        return _batcher.DeviceFault is { } fault && !await _batcher.ProbeAsync().WaitAsync(cancellationToken)
            ? $"the model fails: {fault.Message}"
            : _notReady;
    }

    public async ValueTask DisposeAsync()
    {
        await _batcher.DisposeAsync();
        _watch.Dispose();
        _setup.Model.Dispose();
    }

    private void CheckRequest(EncodeBatch batch)
    {
        if (batch.Items.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.NoMedia, "The request has no items.", "items");
        }

        if (batch.Items.Count > _setup.Options.MaxItems)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TooManyItems, $"The request has {batch.Items.Count} items; at most {_setup.Options.MaxItems} are allowed.", "items");
        }
    }

    private async Task<EncodeOutcome> EncodeOneAsync(
        MediaItem item, EncodeBatch batch, BacklogItem pending, CancellationToken cancellationToken)
    {
        using var activity = EncoderActivity.StartItem(Name, item.ItemId);
        var outcome = await TryEncodeAsync(item, batch, pending, cancellationToken);
        pending.End(served: true);
        activity.Finish(outcome);
        return outcome;
    }

    private async Task<EncodeOutcome> TryEncodeAsync(
        MediaItem item, EncodeBatch batch, BacklogItem pending, CancellationToken cancellationToken)
    {
        try
        {
            return await _items.EncodeAsync(item, batch, pending, cancellationToken);
        }
        catch (SensoriumException error)
        {
            return EncodeOutcome.Failed(item.ItemId, error);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            LogItemFailed(error, Name, item.ItemId);
            return EncodeOutcome.Failed(item.ItemId, new SensoriumException(
                ErrorCode.Internal, ErrorReasons.InternalFault, $"The {Name} encoder failed on this item: {error.Message}", error));
        }
    }
}
