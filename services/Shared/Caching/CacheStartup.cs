using Microsoft.Extensions.Hosting;

namespace Sensorium.Caching;

/// <summary>Has the cache made, and so connected to Redis, when the process starts and not with its first request.</summary>
internal sealed class CacheStartup(EncoderCache cache) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = cache.Snapshot();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
