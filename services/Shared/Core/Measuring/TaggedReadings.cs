using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Numerics;

namespace Sensorium.Core.Measuring;

/// <summary>
/// What an observable gauge reads: one value for each set of tags. Models come and go while the instrument stays. An exporter
/// goes on telling the last value of tags that are no longer read, so those whose source has gone are read as 0.
/// </summary>
internal sealed class TaggedReadings<T>
    where T : struct, INumber<T>
{
    private readonly ConcurrentDictionary<string, Source> _sources = new(StringComparer.Ordinal);

    public IEnumerable<Measurement<T>> Read() => _sources.Values.Select(source => new Measurement<T>(source.Value(), source.Tags));

    /// <summary>Read from now on under these tags, and as 0 once the result is disposed. The latest source of equal tags counts.</summary>
    public IDisposable Add(Func<T> value, params KeyValuePair<string, object?>[] tags)
    {
        var key = string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));
        var source = new Source(this, key, value, tags);
        _sources[key] = source;
        return source;
    }

    private sealed record Source(TaggedReadings<T> Owner, string Key, Func<T> Value, KeyValuePair<string, object?>[] Tags) : IDisposable
    {
        public void Dispose() => Owner._sources.TryUpdate(Key, this with { Value = () => T.Zero }, this);
    }
}
