namespace Sensorium.Deciders.Learning;

internal static class LogOdds
{
    public static double ToProbability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));

    /// <summary>The mean loss of log-odds, in nats.</summary>
    public static double Loss(IReadOnlyList<double> logOdds, IReadOnlyList<bool> labels)
    {
        var sum = 0.0;
        for (var i = 0; i < labels.Count; i++)
        {
            var against = labels[i] ? -logOdds[i] : logOdds[i];
            sum += against > 30 ? against : Math.Log(1 + Math.Exp(against));
        }

        return sum / labels.Count;
    }
}
