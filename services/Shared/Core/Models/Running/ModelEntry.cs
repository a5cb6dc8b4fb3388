namespace Sensorium.Core.Models.Running;

/// <summary>One model of a hub: counts who uses it, so that it goes away or to sleep beneath nobody.</summary>
internal sealed class ModelEntry<TDescription, TServer>
    where TServer : class, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Func<Task<TServer>>? _wake;
    private readonly TimeProvider _time;
    private readonly Action<bool> _leave;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TServer? _server;
    private Task<TServer>? _waking;
    private int _uses;
    private long _lastUse;
    private bool _ended;

    /// <param name="server">Null for one that sleeps until it is asked for.</param>
    /// <param name="wake">Loads it after it has slept; null if it never sleeps.</param>
    public ModelEntry(TDescription description, TServer? server, Func<Task<TServer>>? wake, TimeProvider time)
    {
        (Description, _server, _wake, _time) = (description, server, wake, time);
        (_leave, _lastUse) = (Leave, time.GetTimestamp());
    }

    public TDescription Description { get; }

    public bool IsAwake => Volatile.Read(ref _server) is not null;

    public int Uses => Volatile.Read(ref _uses);

    /// <summary>Wakes it if it sleeps. Null if it has ended.</summary>
    public async ValueTask<ModelUse<TServer>?> EnterAsync(CancellationToken cancellationToken)
    {
        Task<TServer> waking;
        lock (_gate)
        {
            if (_ended)
            {
                return null;
            }

            // Counted while it wakes, so that it is there when it is awake.
            _uses++;
            if (_server is { } server)
            {
                return new ModelUse<TServer>(server, _leave, counts: true);
            }

            waking = _waking ??= Task.Run(WakeAsync, CancellationToken.None);
        }

        try
        {
            return new ModelUse<TServer>(await waking.WaitAsync(cancellationToken), _leave, counts: true);
        }
        catch
        {
            Leave(counts: true);
            throw;
        }
    }

    /// <summary>For looking after it, which keeps it from nothing. Null if it sleeps or has ended.</summary>
    public ModelUse<TServer>? Peek()
    {
        lock (_gate)
        {
            if (_ended || _server is not { } server)
            {
                return null;
            }

            _uses++;
            return new ModelUse<TServer>(server, _leave, counts: false);
        }
    }

    /// <summary>Disposes the server if nobody has used it for so long.</summary>
    public async Task<bool> TrySleepAsync(TimeSpan idle)
    {
        TServer server;
        lock (_gate)
        {
            if (_wake is null || _ended || _uses > 0 || _server is null || _time.GetElapsedTime(_lastUse) < idle)
            {
                return false;
            }

            (server, _server) = (_server, null);
        }

        await server.DisposeAsync();
        return true;
    }

    /// <summary>Nobody may enter any more; those who have may finish, unless it is abandoned.</summary>
    public async Task EndAsync(bool abandon = false)
    {
        Task? waking;
        lock (_gate)
        {
            (_ended, waking) = (true, _waking);
            if (_uses == 0)
            {
                _drained.TrySetResult();
            }
        }

        if (!abandon)
        {
            await _drained.Task;
        }

        if (waking is not null)
        {
            await waking.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        if (Interlocked.Exchange(ref _server, null) is { } server)
        {
            await server.DisposeAsync();
        }
    }

    private void Leave(bool counts)
    {
        lock (_gate)
        {
            _uses--;
            _lastUse = counts ? _time.GetTimestamp() : _lastUse;
            if (_ended && _uses == 0)
            {
                _drained.TrySetResult();
            }
        }
    }

    private async Task<TServer> WakeAsync()
    {
        TServer? server = null;
        try
        {
            return server = await _wake!();
        }
        finally
        {
            lock (_gate)
            {
                (_server, _waking) = (server, null);
            }
        }
    }
}
