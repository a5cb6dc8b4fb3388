using Sensorium.Deciders.Learning;
using Xunit;

namespace Sensorium.Deciders.UnitTests;

public sealed class CalibrationTests
{
    [Fact]
    public void Evidence_that_is_far_too_sure_of_itself_is_brought_down_and_does_not_lead_astray()
    {
        // 15 % of cases are told wrongly, each with odds of e to the 24th. Between them the true log-odds are log(0.85 / 0.15).
        bool[] labels = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0)];
        double[] evidence = [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 != i % 20 is 3 or 4 or 7 ? 24.0 : -24.0)];
        var wrong = Enumerable.Range(0, 200).Count(i => evidence[i] > 0 != labels[i]) / 200.0;

        var fitted = RidgeLogistic.Fit([evidence], labels, towards: 1, strength: 1);

        Assert.InRange(wrong, 0.05, 0.5);
        Assert.Equal(Math.Log((1 - wrong) / wrong) / 24, fitted[0], 0.02);
    }

    [Fact]
    public void Few_cases_make_a_decider_that_is_as_sure_as_it_may_be()
    {
        var fresh = Cohort.Make(1_000, seed: 9);
        bool[] ill = [.. fresh.Select(one => one.Outcomes[Cohort.Ill] == "true")];
        var slopes = Enumerable.Range(20, 4).Select(seed =>
        {
            var decider = Cohort.Teach(Cohort.Make(100, seed, missing: 0.2));
            double[] said = [.. fresh.Select(one => LogOddsOf(decider.Decide(one.Case, [], new()).Answers[0].Probabilities[1]))];
            return RidgeLogistic.Fit([said], ill, 1, 0)[0];
        });

        // 1 is right; under 1 is too sure.
        Assert.InRange(slopes.Average(), 0.75, 1.4);
    }

    private static double LogOddsOf(double probability) => Math.Log(probability / (1 - probability));
}
