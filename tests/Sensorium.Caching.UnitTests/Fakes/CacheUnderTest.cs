using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Caching.Diagnostics;
using Sensorium.Caching.Redis;
using Sensorium.Core.Encoding;
using Sensorium.Core.Models.Running;

namespace Sensorium.Caching.UnitTests.Fakes;

/// <summary>One process's cache around one encoder, with its own time and its own meter.</summary>
internal sealed class CacheUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly EncoderCache _cache;

    public CacheUnderTest(FakeEncoder inner, ISharedStore? store = null, CacheOptions? options = null, TimeProvider? time = null, Func<IEncoder, IEncoder>? around = null, string origin = "vision:8080")
    {
        Inner = inner;
        _cache = new EncoderCache(options ?? new CacheOptions(), Meters, time ?? Time, NullLoggerFactory.Instance, store, Changes);
        Encoder = _cache.Decorate(around?.Invoke(inner) ?? inner, origin);
    }

    public FakeEncoder Inner { get; }

    public ModelChanges Changes { get; } = new();

    public IEncoder Encoder { get; }

    public FakeTimeProvider Time { get; } = new();

    public SharedRates? Rates => _cache.Rates;

    public CacheSnapshot Snapshot => _cache.Snapshot();

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    public MetricCollector<long> Collect(string instrument) => new(Meters, "Sensorium", instrument);

    public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(params string[] contents) => EncodeAsync(false, contents);

    /// <summary>Pictures "0", "1" … with these contents.</summary>
    public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(bool withFeatures, params string[] contents) =>
        Encoder.EncodeAsync(Batch(contents) with { WithFeatures = withFeatures }, CancellationToken.None);

    public static EncodeBatch Batch(params string[] contents) =>
        new("request", [.. contents.Select((content, i) => Sample.Picture($"{i}", content))]);

    /// <summary>Waits until everything that was to be stored in Redis is.</summary>
    public async Task WrittenAsync()
    {
        while (_cache.PendingWrites > 0)
        {
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _cache.DisposeAsync();
        await _services.DisposeAsync();
    }
}
