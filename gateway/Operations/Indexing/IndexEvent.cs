using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Indexing;

/// <summary>What a stream that fills a collection is told.</summary>
internal abstract record IndexEvent;

/// <summary>One item is dealt with.</summary>
/// <param name="Index">Of the item in the stream.</param>
/// <param name="Error">Set if, and only if, it failed.</param>
internal sealed record ItemIndexed(long Index, string Id, IndexResult Result, int Segments, IReadOnlyList<MediaWarning> Warnings, SensoriumException? Error = null)
    : IndexEvent;

/// <summary>All items are dealt with.</summary>
/// <param name="Counts">By what became of them.</param>
/// <param name="Models">That encoded, each once.</param>
internal sealed record IndexDone(IReadOnlyDictionary<IndexResult, long> Counts, string SpaceId, IReadOnlyList<ModelIdentity> Models) : IndexEvent;

internal enum IndexResult
{
    Added,
    Replaced,
    Unchanged,
    Failed,
}
