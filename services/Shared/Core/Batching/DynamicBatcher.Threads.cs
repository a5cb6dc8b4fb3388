namespace Sensorium.Core.Batching;

public sealed partial class DynamicBatcher<TInput, TOutput>
{
    private void RunLoop()
    {
        while (true)
        {
            RunProbe();
            Relieve();
            var (batch, stop) = NextBatch();
            if (batch is not null)
            {
                Run(batch);
            }
            else if (stop)
            {
                return;
            }
            else
            {
                _runnerWake.WaitOne();
            }
        }
    }

    private void RunProbe()
    {
        TaskCompletionSource<bool>? probe;
        lock (_gate)
        {
            (probe, _probe) = (_probe, null);
        }

        probe?.SetResult(_executor.Probe());
    }

    private void Relieve()
    {
        lock (_gate)
        {
            if (!_isIdle || _queue.Count > 0 || _prefetched is not null)
            {
                return;
            }

            _isIdle = false;
        }

        _executor.Relieve();
    }

    private void BecomeIdle()
    {
        lock (_gate)
        {
            _idleIsArmed = false;
            if (_stopping || _runningSince is not null)
            {
                return;
            }

            var left = _options.IdleAfter - _time.GetElapsedTime(_lastRan);
            if (left > TimeSpan.Zero)
            {
                ArmIdle(left);
                return;
            }

            _isIdle = true;
            _runnerWake.Set();
        }
    }

    private void ArmIdle(TimeSpan after) => _idleIsArmed = _idle.Change(after, Timeout.InfiniteTimeSpan);

    private (Prefetched? Batch, bool Stop) NextBatch()
    {
        lock (_gate)
        {
            if (_assembling)
            {
                return (null, false);
            }

            var batch = _prefetched ?? (_queue.Count > 0 ? new Prefetched(TakeBatch(), null) : null);
            _prefetched = null;
            _runningSince = batch is null ? null : _time.GetTimestamp();
            if (batch is not null && _queue.HasFullBatch(_options))
            {
                _assemblerWake.Set();
            }

            return (batch, _stopping);
        }
    }

    private void Run(Prefetched batch)
    {
        _executor.Execute(batch.Entries, batch.Prepared);
        lock (_gate)
        {
            (_runningSince, _isIdle, _lastRan) = (null, false, _time.GetTimestamp());
            if (!_idleIsArmed && _options.IdleAfter > TimeSpan.Zero)
            {
                // A timer that is set once looks when it ends whether more has run: setting it for each batch costs more.
                ArmIdle(_options.IdleAfter);
            }
        }
    }

    private void AssembleLoop()
    {
        while (!Volatile.Read(ref _stopping))
        {
            if (BatchToAssemble() is { } entries)
            {
                Assemble(entries);
            }
            else
            {
                _assemblerWake.WaitOne();
            }
        }
    }

    private BatchEntry<TInput, TOutput>[]? BatchToAssemble()
    {
        lock (_gate)
        {
            if (_stopping || _runningSince is null || _prefetched is not null || !_queue.HasFullBatch(_options))
            {
                return null;
            }

            _assembling = true;
            return TakeBatch();
        }
    }

    private void Assemble(BatchEntry<TInput, TOutput>[] entries)
    {
        IPreparedBatch<TOutput>? prepared = null;
        try
        {
            prepared = _processor.Prepare([.. entries.Select(entry => entry.Item.Input)]);
        }
        catch (Exception)
        {
            // The runner prepares it again, meets the same error and finds the item at fault.
        }

        lock (_gate)
        {
            _prefetched = new Prefetched(entries, prepared);
            _assembling = false;
        }

        _runnerWake.Set();
    }

    private BatchEntry<TInput, TOutput>[] TakeBatch()
    {
        var batch = _queue.Take(_options);
        var work = 0L;
        foreach (var entry in batch)
        {
            work += entry.Item.WorkUnits;
        }

        _metrics.Queued(-batch.Length, -work);
        LetIn();
        return batch;
    }

    private sealed record Prefetched(BatchEntry<TInput, TOutput>[] Entries, IPreparedBatch<TOutput>? Prepared);
}
