using System.Numerics.Tensors;
using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Deciding;

/// <summary>The taught cases, to find those that a case is like: the mean over what both have of their likeness in each.</summary>
internal sealed class CaseMemory
{
    private const int Sample = 200;
    private readonly BlockSet _blocks;
    private readonly Sight[] _sights;

    public CaseMemory(IReadOnlyList<RememberedCase> cases, BlockSet blocks)
    {
        (Cases, _blocks) = (cases, blocks);
        _sights = [.. cases.Select(remembered => See(remembered.Fields, remembered.Vectors))];
    }

    public IReadOnlyList<RememberedCase> Cases { get; }

    /// <summary>Most similar first. Cases that have nothing in common with it are not among them.</summary>
    public IEnumerable<(RememberedCase Case, double Similarity)> MostSimilar(DecisionCase given, int count)
    {
        var sight = See(given.Fields, RememberedCase.VectorsOf(given, _blocks));
        return Cases.Select((other, i) => (Case: other, Similarity: Similarity(sight, _sights[i])))
            .Where(pair => !double.IsNaN(pair.Similarity))
            .OrderByDescending(pair => pair.Similarity)
            .Take(count);
    }

    /// <summary>The least that any taught case is like the one that it is most like.</summary>
    public double LeastNearest()
    {
        var step = Math.Max(1, _sights.Length / Sample);
        var nearest = _sights.Where((_, i) => i % step == 0)
            .Select(sight => _sights.Where(other => other != sight).Select(other => Similarity(sight, other)).Where(double.IsFinite).DefaultIfEmpty(-1).Max());
        return nearest.DefaultIfEmpty(-1).Min();
    }

    private static double Similarity(Sight one, Sight other)
    {
        var (sum, parts) = (0.0, 0);
        for (var i = 0; i < one.Vectors.Length; i++)
        {
            if (one.Vectors[i] is { } vector && other.Vectors[i] is { } theirs)
            {
                sum += TensorPrimitives.Dot<float>(vector, theirs);
                parts++;
            }
        }

        var likeness = Likeness(one, other);
        return double.IsNaN(likeness) ? sum / parts : (sum + likeness) / (parts + 1);
    }

    // The mean over the fields that both have; NaN if there is none.
    private static double Likeness(Sight one, Sight other)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < one.Ranks.Length; i++)
        {
            if (!double.IsNaN(one.Ranks[i]) && !double.IsNaN(other.Ranks[i]))
            {
                sum += 1 - Math.Abs(one.Ranks[i] - other.Ranks[i]) / 2;
                count++;
            }
        }

        for (var i = 0; i < one.Values.Length; i++)
        {
            if (one.Values[i] is { } value && other.Values[i] is { } theirs)
            {
                sum += value == theirs ? 1 : 0;
                count++;
            }
        }

        return sum / count;
    }

    private Sight See(IReadOnlyDictionary<string, FieldValue> fields, IReadOnlyDictionary<string, float[]> vectors) => new(
        [.. (_blocks.Fields?.Numbers ?? []).Select(column => fields.TryGetValue(column.Name, out var value) ? column.RankOf(value.Number) : double.NaN)],
        [.. (_blocks.Fields?.Categories ?? []).Select(column => fields.GetValueOrDefault(column.Name)?.Text)],
        [.. _blocks.Vectors.Select(block => vectors.GetValueOrDefault(block.Name))]);

    /// <summary>What is compared, in the order of the blocks.</summary>
    private sealed record Sight(double[] Ranks, string?[] Values, float[]?[] Vectors);
}
