using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Measuring;

/// <summary>What each field tells by itself, so that one that gives the outcome away is noticed.</summary>
internal static class FieldMeter
{
    private const int Bins = 20;
    private const int FewestCases = 10;

    public static IEnumerable<FieldFigure> Measure(CaseSchema schema, IReadOnlyList<DecisionCase> cases, IReadOnlyList<bool[]> targets) =>
        from type in schema.Fields
        where type.Kind != FieldKind.Text
        let values = cases.Select(given => given.Fields.GetValueOrDefault(type.Name)).ToArray()
        select new FieldFigure(
            type.Name,
            values.Count(value => value is not null),
            targets.Max(labels => Alone(type, values, labels)),
            targets.Max(labels => EitherWay([.. values.Select(value => value is null ? 1.0 : 0.0)], labels)));

    private static double Alone(FieldType type, FieldValue?[] values, bool[] labels)
    {
        var present = Enumerable.Range(0, values.Length).Where(i => values[i] is not null).ToArray();
        if (present.Length < FewestCases)
        {
            return 0.5;
        }

        bool[] known = [.. present.Select(i => labels[i])];
        if (type.Kind == FieldKind.Category)
        {
            return Auroc.Of(HeldBackShares([.. present.Select(i => values[i]!.Text)], known), known);
        }

        double[] numbers = [.. present.Select(i => values[i]!.Number)];
        var sorted = numbers.Order().ToArray();
        var bins = numbers.Select(number => $"{Math.Abs(Array.BinarySearch(sorted, number)) * Bins / sorted.Length}").ToArray();
        return Math.Max(EitherWay(numbers, known), Auroc.Of(HeldBackShares(bins, known), known));
    }

    // How often it was so among other cases of the same value: every second case is held back from the others.
    private static double[] HeldBackShares(string[] values, bool[] labels)
    {
        var all = labels.Count(label => label) / (double)labels.Length;
        var shares = new double[values.Length];
        foreach (var half in (int[])[0, 1])
        {
            var known = Enumerable.Range(0, values.Length).Where(i => i % 2 != half)
                .GroupBy(i => values[i], StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => (group.Count(i => labels[i]) + all) / (group.Count() + 1.0), StringComparer.Ordinal);
            for (var i = half; i < values.Length; i += 2)
            {
                shares[i] = known.GetValueOrDefault(values[i], all);
            }
        }

        return shares;
    }

    private static double EitherWay(double[] scores, bool[] labels)
    {
        var area = Auroc.Of(scores, labels);
        return Math.Max(area, 1 - area);
    }
}
