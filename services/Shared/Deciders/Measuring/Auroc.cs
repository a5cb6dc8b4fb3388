namespace Sensorium.Deciders.Measuring;

/// <summary>The chance that a case of which it is so scores above one of which it is not.</summary>
internal static class Auroc
{
    /// <summary>One half if all cases are alike in that.</summary>
    public static double Of(IReadOnlyList<double> scores, IReadOnlyList<bool> labels)
    {
        var order = Enumerable.Range(0, scores.Count).OrderBy(i => scores[i]).ToArray();
        var (positives, rankSum) = (0L, 0.0);
        for (var start = 0; start < order.Length;)
        {
            var end = start;
            while (end < order.Length && scores[order[end]].Equals(scores[order[start]]))
            {
                end++;
            }

            // Equal scores share the mean of their ranks, which count from 1.
            var rank = (start + end + 1) / 2.0;
            var so = order[start..end].Count(i => labels[i]);
            positives += so;
            rankSum += so * rank;
            start = end;
        }

        var negatives = order.Length - positives;
        return positives == 0 || negatives == 0 ? 0.5 : (rankSum - positives * (positives + 1) / 2.0) / (positives * (double)negatives);
    }
}
