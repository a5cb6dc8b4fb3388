using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Caching.Descriptions;
using Sensorium.Caching.Diagnostics;
using Sensorium.Caching.Memory;
using Sensorium.Caching.Redis;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Models.Running;

namespace Sensorium.Caching;

internal sealed class EncoderCache : IEncoderCache, ICacheDiagnostics, IAsyncDisposable
{
    private readonly CacheOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly CacheMetrics _metrics;
    private readonly CacheLevels _levels;
    private readonly ModelChanges _changes;

    public EncoderCache(IOptions<CacheOptions> options, IMeterFactory meters, TimeProvider time, ILoggerFactory loggers, ModelChanges changes)
        : this(options.Value, meters, time, loggers, Connect(options.Value), changes)
    {
    }

    /// <param name="store">Null for memory alone. Disposed with the cache.</param>
    internal EncoderCache(CacheOptions options, IMeterFactory meters, TimeProvider time, ILoggerFactory loggers, ISharedStore? store, ModelChanges changes)
    {
        (_options, _time, _loggers, _changes) = (options, time, loggers, changes);
        var memory = new MemoryLevel(options.MemoryBytes);
        _metrics = new CacheMetrics(meters, memory);
        _levels = new CacheLevels(memory, store is null ? null : Share(store));
    }

    /// <summary>Values on their way to Redis.</summary>
    internal int PendingWrites => _levels.Shared?.PendingWrites ?? 0;

    /// <summary>What replicas count together; null without Redis.</summary>
    internal SharedRates? Rates => _levels.Shared is { } shared ? new SharedRates(shared.Calls, _options.Timeout) : null;

    public IEncoder Decorate(IEncoder inner, string origin)
    {
        if (!_options.Enabled)
        {
            return inner;
        }

        var descriptions = new DescriptionMemory(inner, origin, _levels.Shared, _options, _time, _loggers.CreateLogger<DescriptionMemory>());
        descriptions.Prepare();
        _changes.Subscribe(descriptions.Invalidate);
        return new CachingEncoder(inner, descriptions, _levels, _metrics, _time);
    }

    public CacheSnapshot Snapshot()
    {
        var shared = _levels.Shared;
        var (state, reason) = (_options.Enabled, shared?.IsServing) switch
        {
            (false, _) => (CacheState.Disabled, "Disabled by configuration."),
            (_, false) => (CacheState.Degraded, $"Redis at {shared!.Endpoint} does not answer; memory alone serves."),
            _ => (CacheState.Ready, null),
        };
        return new CacheSnapshot(state, reason, shared?.Endpoint);
    }

    public ValueTask DisposeAsync() => _levels.Shared?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static RedisSharedStore? Connect(CacheOptions options) =>
        options.Enabled && !string.IsNullOrWhiteSpace(options.RedisConnection) ? new RedisSharedStore(options.RedisConnection) : null;

    private SharedLevel Share(ISharedStore store)
    {
        var breaker = new CircuitBreaker(_options.BreakAfterFailures, _options.BreakDuration, _time);
        var calls = new SharedCalls(store, breaker, _metrics, _time, _loggers.CreateLogger<SharedCalls>());
        return new SharedLevel(store, calls, new SharedWriter(calls, _options, _metrics, _time), _options, _metrics);
    }
}
