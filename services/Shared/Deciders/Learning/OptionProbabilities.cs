namespace Sensorium.Deciders.Learning;

/// <summary>Probabilities of all options from the log-odds of each against the others, or of the second of two.</summary>
internal static class OptionProbabilities
{
    public static List<double> Of(IReadOnlyList<double> logOdds)
    {
        if (logOdds.Count == 1)
        {
            var second = LogOdds.ToProbability(logOdds[0]);
            return [1 - second, second];
        }

        var each = logOdds.Select(LogOdds.ToProbability).ToArray();
        var sum = Math.Max(each.Sum(), 1e-300);
        return [.. each.Select(probability => probability / sum)];
    }
}
