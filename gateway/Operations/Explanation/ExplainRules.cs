using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Classification;
using static Sensorium.Gateway.Operations.FieldRules;

namespace Sensorium.Gateway.Operations.Explanation;

/// <summary>Checks a question before anything is encoded. Names the field.</summary>
internal static class ExplainRules
{
    private const int MaxGrid = 64;
    private const int MaxParts = 1_000;

    /// <exception cref="SensoriumException">INVALID_PARAMETER, for the first fault found.</exception>
    public static void Check(ExplainQuestion question, int maxSentences)
    {
        CheckDivision(question.Grid, question.Parts, "");
        if (question.About is CaptionSubject { Parameters.Choices: > 1 } caption)
        {
            Require(right: false, "caption.parameters.n", $"is {caption.Parameters.Choices}; one caption is explained at a time");
        }

        if (question.About is LabelSubject label)
        {
            QuestionRules.Check(label.Question, maxSentences);
            Require(label.Label.Length > 0, "label", "is empty");
        }
    }

    /// <param name="grid">Rows, and columns.</param>
    /// <param name="parts">Of time.</param>
    /// <param name="under">What is before the names of the fields.</param>
    /// <exception cref="SensoriumException">INVALID_PARAMETER: too fine.</exception>
    public static void CheckDivision(int grid, int parts, string under)
    {
        Require(grid is >= 0 and <= MaxGrid, $"{under}grid", $"is {grid}; it must be from 1 to {MaxGrid}, or 0 for the setting");
        Require(parts is >= 0 and <= MaxParts, $"{under}parts", $"is {parts}; it must be from 1 to {MaxParts}, or 0 for the setting");
    }

    /// <summary>Which of the labels is asked about.</summary>
    /// <exception cref="SensoriumException">INVALID_PARAMETER: none of them, or it excludes no other.</exception>
    public static int IndexOf(string label, IReadOnlyList<string> labels, Scoring scoring)
    {
        var index = labels.IndexOf(label);
        Require(index >= 0, "label", $"is \"{label}\", which is none of the {labels.Count} labels, as \"{labels[0]}\"");
        Require(
            scoring == Scoring.Independent || labels.Count > 1,
            "labels",
            "holds one label alone, which softmax always finds to fit; give the labels that it excludes, or ask for independent scores");
        return index;
    }

    private static int IndexOf(this IReadOnlyList<string> labels, string label)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i] == label)
            {
                return i;
            }
        }

        return -1;
    }
}
