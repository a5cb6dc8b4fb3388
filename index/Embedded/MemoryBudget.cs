using System.Collections.Concurrent;
using Sensorium.Core.Errors;

namespace Sensorium.Index.Embedded;

/// <summary>Bounds the memory that the vectors of all open collections take.</summary>
internal sealed class MemoryBudget(long maxBytes)
{
    private readonly ConcurrentDictionary<object, long> _taken = new();

    /// <exception cref="SensoriumException">INDEX_FULL: so many bytes more are too many.</exception>
    public void Check(long more)
    {
        var taken = _taken.Values.Sum();
        if (taken + more > maxBytes)
        {
            throw new SensoriumException(
                ErrorCode.ResourceExhausted,
                ErrorReasons.IndexFull,
                $"The vectors of all collections take {taken:N0} bytes of memory; {IndexOptions.Section}:MaxVectorBytes allows {maxBytes:N0}.");
        }
    }

    public void Set(object owner, long bytes) => _taken[owner] = bytes;

    public void Release(object owner) => _taken.TryRemove(owner, out _);
}
