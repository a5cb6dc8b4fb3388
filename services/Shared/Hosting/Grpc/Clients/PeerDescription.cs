namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>
/// What a service said of itself. Once known it is always at hand: a newer one is fetched beside the requests, and the old one
/// stays while the service does not answer, so that cached results can be used without it.
/// </summary>
internal sealed class PeerDescription<T>(Func<CancellationToken, Task<T>> fetch, TimeSpan lifetime, TimeProvider time)
    where T : class
{
    private readonly Lock _gate = new();
    private T? _value;
    private long _fetchedAt;
    private Task<T>? _fetching;

    // Counts what contradicted it: by now, before the fetch under way began, and before the last one that ended.
    private int _contradictions;
    private int _underWay;
    private int _answered;

    /// <summary>Throws what <c>fetch</c> throws if there is no description yet.</summary>
    public async ValueTask<T> GetAsync(CancellationToken cancellationToken)
    {
        Task<T> fetching;
        T? known;
        lock (_gate)
        {
            known = _value;
            if (known is not null && _answered == _contradictions)
            {
                if (_fetching is null && time.GetElapsedTime(_fetchedAt) > lifetime)
                {
                    _ = StartFetching().ContinueWith(static t => _ = t.Exception, TaskScheduler.Default);
                }

                return known;
            }

            fetching = _fetching is { } running && _underWay == _contradictions ? running : StartFetching();
        }

        try
        {
            return await fetching.WaitAsync(cancellationToken);
        }
        catch (Exception) when (known is not null && !cancellationToken.IsCancellationRequested)
        {
            return known;
        }
    }

    /// <summary>Makes the next use fetch in the background; the present description stays until then.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            _fetchedAt = time.GetTimestamp() - (long)((lifetime.TotalSeconds + 1) * time.TimestampFrequency);
        }
    }

    /// <summary>What is known is wrong by now: it is not used again unless the service does not answer.</summary>
    public void Invalidate()
    {
        lock (_gate)
        {
            _contradictions++;
        }
    }

    // Callers share the fetch, so that none of their cancellations may end it; fetch bounds itself.
    private Task<T> StartFetching()
    {
        var contradictions = _underWay = _contradictions;
        return _fetching = Task.Run(() => FetchAsync(contradictions));
    }

    private async Task<T> FetchAsync(int contradictions)
    {
        T? value = null;
        try
        {
            value = await fetch(CancellationToken.None);
            return value;
        }
        finally
        {
            lock (_gate)
            {
                if (contradictions >= _answered)
                {
                    (_answered, _fetchedAt) = (contradictions, time.GetTimestamp());
                    _value = value ?? _value;
                    _fetching = contradictions == _underWay ? null : _fetching;
                }
            }
        }
    }
}
