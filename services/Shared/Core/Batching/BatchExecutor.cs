using Microsoft.Extensions.Logging;
using Sensorium.Core.Errors;

namespace Sensorium.Core.Batching;

/// <summary>
/// Runs batches. One that fails is halved and run again until the items that fail by themselves are found; they get the
/// error, the others their outputs. A device that fails its probe is not asked again and again: the rest of the batch fails
/// at once, and later batches are tried once each until one succeeds.
/// </summary>
internal sealed partial class BatchExecutor<TInput, TOutput>(
    string name,
    IBatchProcessor<TInput, TOutput> processor,
    BatcherMetrics metrics,
    TimeProvider time,
    ILogger logger)
{
    // Failures in a row after which the probe decides whether the items or the device are at fault.
    private const int FailuresBeforeProbe = 3;

    private int _failuresInRow;
    private volatile Exception? _deviceFault;

    /// <summary>What the device failed with; null while it works.</summary>
    public Exception? DeviceFault => _deviceFault;

    public void Execute(BatchEntry<TInput, TOutput>[] entries, IPreparedBatch<TOutput>? prepared)
    {
        // What is cancelled after it has been prepared stays in the tensor: cheaper than preparing the rest anew.
        var waiting = Array.FindAll(entries, entry => !entry.Completion.IsCompleted);
        var live = prepared is null || waiting.Length == 0 ? waiting : entries;
        if (live.Length < entries.Length)
        {
            Array.ForEach([.. entries.Except(live)], dropped => dropped.Release());
        }

        if (live.Length == 0)
        {
            prepared?.Dispose();
            return;
        }

        var started = time.GetTimestamp();
        try
        {
            var outputs = Run(live, prepared);
            Complete(live, outputs, started);
        }
        catch (Exception error)
        {
            Recover(live, error);
        }
    }

    /// <summary>Runs the known good input; called between batches.</summary>
    public bool Probe()
    {
        try
        {
            if (processor.Probe())
            {
                Succeeded();
                return true;
            }
        }
        catch (Exception error)
        {
            Broke(error);
        }

        return false;
    }

    /// <summary>Gives memory back; called between batches. What cannot even do that does not work.</summary>
    public void Relieve()
    {
        try
        {
            processor.Relieve();
        }
        catch (Exception error)
        {
            Broke(error);
        }
    }

    private IReadOnlyList<TOutput> Run(BatchEntry<TInput, TOutput>[] entries, IPreparedBatch<TOutput>? prepared)
    {
        using var batch = prepared ?? processor.Prepare([.. entries.Select(entry => entry.Item.Input)]);
        var outputs = batch.Run();
        return outputs.Count == entries.Length
            ? outputs
            : throw new InvalidOperationException($"A batch of {entries.Length} gave {outputs.Count} outputs.");
    }

    private void Complete(BatchEntry<TInput, TOutput>[] entries, IReadOnlyList<TOutput> outputs, long started)
    {
        var runTime = time.GetElapsedTime(started);
        Succeeded();
        metrics.Ran(entries.Length, runTime);
        for (var i = 0; i < entries.Length; i++)
        {
            var queueTime = time.GetElapsedTime(entries[i].ArrivedAt, started);
            metrics.Waited(queueTime);
            entries[i].Complete(new BatchResult<TOutput>(outputs[i], queueTime, runTime, entries.Length));
        }
    }

    private void Recover(BatchEntry<TInput, TOutput>[] entries, Exception error)
    {
        LogFailed(error, name, entries.Length);
        if (_deviceFault is not null || (++_failuresInRow >= FailuresBeforeProbe && !ProbeAfter(error)))
        {
            FailAll(entries, Unavailable(error));
            return;
        }

        if (entries.Length == 1)
        {
            FailAll(entries, error as SensoriumException ?? SensoriumException.ModelFault($"The {name} model failed on this item: {error.Message}", error));
            return;
        }

        var half = entries.Length / 2;
        Execute(entries[..half], prepared: null);
        Execute(entries[half..], prepared: null);
    }

    private bool ProbeAfter(Exception error)
    {
        try
        {
            if (processor.Probe())
            {
                _failuresInRow = 0;
                return true;
            }

            Broke(error);
        }
        catch (Exception probeError)
        {
            Broke(probeError);
        }

        return false;
    }

    private void FailAll(BatchEntry<TInput, TOutput>[] entries, SensoriumException error)
    {
        foreach (var entry in entries)
        {
            metrics.ItemFailed();
            entry.Fail(error);
        }
    }

    private SensoriumException Unavailable(Exception error) =>
        SensoriumException.Unavailable(ErrorReasons.NotReady, $"The {name} model fails on every input: {error.Message}", error);

    private void Succeeded()
    {
        _failuresInRow = 0;
        if (_deviceFault is not null)
        {
            LogRecovered(name);
            _deviceFault = null;
        }
    }

    private void Broke(Exception error)
    {
        LogBroken(error, name);
        _deviceFault = error;
    }
}
