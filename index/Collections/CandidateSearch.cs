using System.Numerics.Tensors;

namespace Sensorium.Index.Collections;

/// <summary>
/// Makes an exact answer of the approximate ones of a server: asks for more candidates than are wanted, scores the items anew by all
/// their vectors, filters, and asks for more where too few are left. Where even many are too few, every item is looked at.
/// </summary>
/// <param name="nearest">Ids of the items of the so many nearest vectors, and whether these are all that there are.</param>
/// <param name="load">Items with their segments; those that have gone since are left out.</param>
/// <param name="all">Every item with its segments.</param>
internal sealed class CandidateSearch(
    Func<int, CancellationToken, Task<(IReadOnlyCollection<string> Ids, bool AreAll)>> nearest,
    Func<IReadOnlyCollection<string>, CancellationToken, Task<IReadOnlyList<IndexedItem>>> load,
    Func<CancellationToken, IAsyncEnumerable<IndexedItem>> all)
{
    private const int Spare = 4;
    private const int FewestCandidates = 50;
    private const int MostCandidates = 4_096;

    public async Task<IReadOnlyList<ItemMatch>> RunAsync(VectorQuery query, CancellationToken cancellationToken)
    {
        var wanted = query.Skip + query.Take;
        var known = new Dictionary<string, ItemMatch?>(StringComparer.Ordinal);
        for (var count = Math.Max(FewestCandidates, wanted * Spare); count <= MostCandidates; count *= Spare)
        {
            var (ids, areAll) = await nearest(count, cancellationToken);
            var worst = await ScoreAsync(query, [.. ids.Where(id => !known.ContainsKey(id))], known, cancellationToken);
            if (areAll || worst < query.MinScore || known.Values.OfType<ItemMatch>().Count() >= wanted)
            {
                return Best(query, known.Values);
            }
        }

        var matches = new List<ItemMatch?>();
        await foreach (var item in all(cancellationToken))
        {
            matches.Add(Match(query, item));
        }

        return Best(query, matches);
    }

    /// <summary>Answers the lowest score of what was looked at.</summary>
    private async Task<float> ScoreAsync(VectorQuery query, string[] ids, Dictionary<string, ItemMatch?> known, CancellationToken cancellationToken)
    {
        var worst = float.PositiveInfinity;
        foreach (var item in await load(ids, cancellationToken))
        {
            var scored = Score(query, item);
            worst = Math.Min(worst, scored.Score);
            known[item.Facts.Id] = Accepts(query, scored) ? scored : null;
        }

        return worst;
    }

    private static ItemMatch? Match(VectorQuery query, IndexedItem item) => Score(query, item) is var scored && Accepts(query, scored) ? scored : null;

    private static bool Accepts(VectorQuery query, ItemMatch scored) =>
        scored.Score >= query.MinScore && (query.Filter is null || query.Filter.Matches(scored.Facts));

    private static ItemMatch Score(VectorQuery query, IndexedItem item)
    {
        var (best, segment) = (float.NegativeInfinity, item.Segments[0]);
        foreach (var one in item.Segments)
        {
            var score = TensorPrimitives.Dot(query.Vector.Span, one.Vector.Span);
            (best, segment) = score > best ? (score, one) : (best, segment);
        }

        return new ItemMatch(item.Facts, Math.Clamp(best, -1f, 1f), segment.Range, segment.Track);
    }

    private static List<ItemMatch> Best(VectorQuery query, IEnumerable<ItemMatch?> matches) =>
        [.. matches.OfType<ItemMatch>().Order(ItemMatch.BestFirst).Skip(query.Skip).Take(query.Take)];
}
