using Sensorium.Core.Errors;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Operations.Explanation;
using static Sensorium.Gateway.Operations.FieldRules;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Checks a request before anything is encoded. Names the field.</summary>
internal static class DecideRules
{
    private const int Most = 1_000;

    /// <exception cref="SensoriumException">INVALID_PARAMETER, for the first fault found.</exception>
    /// <param name="request">To check.</param>
    /// <param name="cases">How many it asks about.</param>
    public static void Check(DecideRequest request, int cases)
    {
        if (request.Explaining is { } division)
        {
            ExplainRules.CheckDivision(division.Grid, division.Parts, "explain_media.");
            Require(cases <= 1, "explain_media", $"is set, and there are {cases} cases; the media of one case are explained at a time");
        }

        var options = request.Options;
        Require(options.MinConfidence is >= 0 and <= 1, "min_confidence", $"is {options.MinConfidence}; a probability is in [0, 1]");
        Require(options.Coverage is > 0 and <= 1, "coverage", $"is {options.Coverage}; a share of cases is over 0 and at most 1");
        Require(options.Evidence is >= 0 and <= Most, "max_evidence", $"is {options.Evidence}; it is 0 to {Most}");
        Require(options.Similar is >= 0 and <= Most, "max_similar_cases", $"is {options.Similar}; it is 0 to {Most}");
        Require(request.Decider.Length == 0 || request.Encoding.Model is null, "model", "is set, and so is decider, which has its own");
        Require(request.Decider.Length > 0 || options.Coverage >= 1, "coverage", "is set, but only a decider has measured what it leaves");
        if (request.Decider.Length == 0)
        {
            QuestionRules.Check(request.Questions, named: false);
        }
    }
}
