using System.Buffers;
using System.Numerics.Tensors;
using Sensorium.Core.Media;
using Sensorium.Index.Collections;

namespace Sensorium.Index.Embedded;

/// <summary>All vectors of a collection in memory, and an exact search over them. Not safe for concurrent changes.</summary>
internal sealed class MemoryIndex(int width)
{
    private readonly VectorRows _vectors = new(width);
    private readonly List<Row> _rows = [];
    private readonly List<Slot?> _slots = [];
    private readonly Stack<int> _free = [];
    private readonly Dictionary<string, int> _slotOf = new(StringComparer.Ordinal);

    public CollectionSize Size => new(_slotOf.Count, _rows.Count);

    public long Bytes => _vectors.Bytes;

    public ItemFacts? Find(string id) => _slotOf.TryGetValue(id, out var slot) ? _slots[slot]!.Facts : null;

    public void Put(ItemFacts facts, IReadOnlyList<ItemSegment> segments)
    {
        Remove(facts.Id);
        if (!_free.TryPop(out var place))
        {
            place = _slots.Count;
            _slots.Add(null);
        }

        var rows = new List<int>(segments.Count);
        foreach (var segment in segments)
        {
            rows.Add(_rows.Count);
            _vectors.Add(segment.Vector.Span);
            _rows.Add(new Row(place, segment.Range, segment.Track));
        }

        _slots[place] = new Slot(facts, rows);
        _slotOf[facts.Id] = place;
    }

    public bool Remove(string id)
    {
        if (!_slotOf.Remove(id, out var place))
        {
            return false;
        }

        // From the last row to the first: what is swapped into a removed row's place is then never a row that goes too.
        foreach (var row in _slots[place]!.Rows.OrderDescending())
        {
            RemoveRow(row);
        }

        _slots[place] = null;
        _free.Push(place);
        return true;
    }

    /// <summary>The best so many items, best first, each by the best of its rows.</summary>
    public List<ItemMatch> Search(VectorQuery query, CancellationToken cancellationToken)
    {
        var best = ArrayPool<float>.Shared.Rent(_slots.Count);
        var bestRow = ArrayPool<int>.Shared.Rent(_slots.Count);
        try
        {
            Choose(query, best);
            Scan(query.Vector.Span, best, bestRow, cancellationToken);
            return Top(query, best, bestRow);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(best);
            ArrayPool<int>.Shared.Return(bestRow);
        }
    }

    // Not a number marks what is not searched.
    private void Choose(VectorQuery query, float[] best)
    {
        for (var place = 0; place < _slots.Count; place++)
        {
            var isSearched = _slots[place] is { } slot && (query.Filter is null || query.Filter.Matches(slot.Facts));
            best[place] = isSearched ? float.NegativeInfinity : float.NaN;
        }
    }

    private void Scan(ReadOnlySpan<float> vector, float[] best, int[] bestRow, CancellationToken cancellationToken)
    {
        const int RowsBetweenChecks = 4_096;
        for (var row = 0; row < _rows.Count; row++)
        {
            if (row % RowsBetweenChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var place = _rows[row].Slot;
            if (float.IsNaN(best[place]))
            {
                continue;
            }

            var score = TensorPrimitives.Dot(vector, _vectors[row]);
            if (score > best[place])
            {
                (best[place], bestRow[place]) = (score, row);
            }
        }
    }

    private List<ItemMatch> Top(VectorQuery query, float[] best, int[] bestRow)
    {
        // The worst of those that are kept is the first to leave.
        var kept = new PriorityQueue<int, (float Score, string Id)>(Comparer<(float Score, string Id)>.Create((left, right) =>
            left.Score.CompareTo(right.Score) is not 0 and var order ? order : string.CompareOrdinal(right.Id, left.Id)));
        var wanted = query.Skip + query.Take;
        for (var place = 0; place < _slots.Count; place++)
        {
            if (best[place] < query.MinScore || float.IsNaN(best[place]) || float.IsNegativeInfinity(best[place]))
            {
                continue;
            }

            kept.Enqueue(place, (best[place], _slots[place]!.Facts.Id));
            if (kept.Count > wanted)
            {
                kept.Dequeue();
            }
        }

        var matches = new ItemMatch[kept.Count];
        for (var i = matches.Length - 1; i >= 0; i--)
        {
            matches[i] = Match(kept.Dequeue(), best, bestRow);
        }

        return [.. matches.Skip(query.Skip)];
    }

    private ItemMatch Match(int place, float[] best, int[] bestRow)
    {
        var row = _rows[bestRow[place]];
        return new ItemMatch(_slots[place]!.Facts, Math.Clamp(best[place], -1f, 1f), row.Range, row.Track);
    }

    private void RemoveRow(int row)
    {
        var last = _rows.Count - 1;
        if (row != last)
        {
            var rows = _slots[_rows[last].Slot]!.Rows;
            rows[rows.IndexOf(last)] = row;
            _rows[row] = _rows[last];
        }

        _rows.RemoveAt(last);
        _vectors.RemoveSwapping(row);
    }

    private readonly record struct Row(int Slot, TimeRange? Range, MediaTrack Track);

    private sealed record Slot(ItemFacts Facts, List<int> Rows);
}
