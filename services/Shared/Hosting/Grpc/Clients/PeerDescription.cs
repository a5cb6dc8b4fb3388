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

    /// <summary>Throws what <c>fetch</c> throws if there is no description yet.</summary>
    public async ValueTask<T> GetAsync(CancellationToken cancellationToken)
    {
        Task<T> fetching;
        lock (_gate)
        {
            if (_value is { } known)
            {
                if (_fetching is null && time.GetElapsedTime(_fetchedAt) > lifetime)
                {
                    _ = StartFetching().ContinueWith(static t => _ = t.Exception, TaskScheduler.Default);
                }

                return known;
            }

            fetching = _fetching ?? StartFetching();
        }

        return await fetching.WaitAsync(cancellationToken);
    }

    /// <summary>Makes the next use fetch in the background; the present description stays until then.</summary>
    public void Expire()
    {
        lock (_gate)
        {
            _fetchedAt = time.GetTimestamp() - (long)((lifetime.TotalSeconds + 1) * time.TimestampFrequency);
        }
    }

    // Callers share the fetch, so that none of their cancellations may end it; fetch bounds itself.
    private Task<T> StartFetching() => _fetching = Task.Run(FetchAsync);

    private async Task<T> FetchAsync()
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
                (_fetching, _fetchedAt) = (null, time.GetTimestamp());
                _value = value ?? _value;
            }
        }
    }
}
