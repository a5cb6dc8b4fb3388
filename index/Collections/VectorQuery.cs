using Sensorium.Core.Media;
using Sensorium.Index.Filters;

namespace Sensorium.Index.Collections;

/// <summary>What is looked for.</summary>
/// <param name="Vector">Euclidean length 1.</param>
/// <param name="Filter">Null searches all items.</param>
/// <param name="Skip">Of the best matches.</param>
/// <param name="Take">Of those behind them.</param>
/// <param name="MinScore">Matches below are left out.</param>
public sealed record VectorQuery(ReadOnlyMemory<float> Vector, ItemFilter? Filter, int Skip, int Take, float MinScore);

/// <summary>An item that was found, by the segment of it that fits best.</summary>
/// <param name="Score">Cosine similarity.</param>
/// <param name="Range">Of that segment.</param>
public sealed record ItemMatch(ItemFacts Facts, float Score, TimeRange? Range, MediaTrack Track)
{
    /// <summary>Best first; equals by their ids, so that pages do not overlap.</summary>
    public static IComparer<ItemMatch> BestFirst { get; } = Comparer<ItemMatch>.Create((left, right) =>
        right.Score.CompareTo(left.Score) is not 0 and var order ? order : string.CompareOrdinal(left.Facts.Id, right.Facts.Id));
}
