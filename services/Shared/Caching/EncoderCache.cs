using Microsoft.Extensions.Options;
using Sensorium.Caching.Diagnostics;
using Sensorium.Core.Encoding;

namespace Sensorium.Caching;

internal sealed class EncoderCache(IOptions<CacheOptions> options) : IEncoderCache, ICacheDiagnostics
{
    private readonly CacheOptions _options = options.Value;

    public IEncoder Decorate(IEncoder inner, string origin) => _options.Enabled ? new CachingEncoder(inner) : inner;

    public CacheSnapshot Snapshot() =>
        new(_options.Enabled ? CacheState.Ready : CacheState.Disabled, null, 0, _options.MemoryBytes, 0, null, 0);
}
