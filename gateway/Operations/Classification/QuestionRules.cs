using Sensorium.Core.Errors;
using static Sensorium.Gateway.Operations.FieldRules;

namespace Sensorium.Gateway.Operations.Classification;

/// <summary>Checks a question before anything is encoded. Names the field.</summary>
internal static class QuestionRules
{
    /// <exception cref="SensoriumException">INVALID_PARAMETER, for the first fault found.</exception>
    public static void Check(ClassifyQuestion question, int maxSentences)
    {
        CheckLabels(question);
        for (var i = 0; i < question.Templates.Count; i++)
        {
            Require(
                question.Templates[i].Contains(LabelSentences.Placeholder, StringComparison.Ordinal),
                $"templates[{i}]",
                $"is \"{question.Templates[i]}\"; it must hold {LabelSentences.Placeholder}, where the label's words go");
        }

        var sentences = question.Labels.Sum(label => Math.Max(1L, label.Phrases.Count)) * Math.Max(1, question.Templates.Count);
        Require(
            sentences <= maxSentences,
            "labels",
            $"and templates make {sentences} sentences; at most {maxSentences} are allowed in one request");
        CheckNumbers(question);
    }

    /// <summary>Labels that exclude each other are scored against one another: a single one would always have 1.</summary>
    /// <exception cref="SensoriumException">INVALID_PARAMETER: there is one label, and nothing else that could be right.</exception>
    public static void CheckAlternatives(ClassifyQuestion question, Scoring scoring) => Require(
        question.Labels.Count > 1 || scoring == Scoring.Independent || question.NoneThreshold is not null,
        "labels",
        "has one label, whose share of all labels is always 1; give another one, none_threshold, or INDEPENDENT scoring");

    /// <summary>Each label has a name of its own, and no phrase is empty.</summary>
    /// <exception cref="SensoriumException">INVALID_PARAMETER, for the first fault found.</exception>
    public static void CheckNames(IReadOnlyList<Label> labels, string field)
    {
        var seen = new Dictionary<string, int>(labels.Count, StringComparer.Ordinal);
        for (var i = 0; i < labels.Count; i++)
        {
            var (name, phrases) = labels[i];
            Require(!string.IsNullOrWhiteSpace(name), $"{field}[{i}].name", "is empty");
            Require(seen.TryAdd(name, i), $"{field}[{i}].name", $"\"{name}\" is also the name of {field}[{seen[name]}]");
            for (var j = 0; j < phrases.Count; j++)
            {
                Require(!string.IsNullOrWhiteSpace(phrases[j]), $"{field}[{i}].phrases[{j}]", "is empty");
            }
        }
    }

    private static void CheckLabels(ClassifyQuestion question)
    {
        var labels = question.Labels;
        Require(labels.Count > 0 || question.Templates.Count == 0, "templates", "are for labels in words; give at least one label");
        Require(
            labels.Count > 0 || question is { NoneThreshold: null, LogitScale: null, LogitBias: null },
            "labels",
            "is empty; none_threshold, logit_scale and logit_bias are for labels in words, so give at least one label");
        CheckNames(labels, "labels");
    }

    private static void CheckNumbers(ClassifyQuestion question)
    {
        Require(question.LogitScale is null or (> 0 and < float.PositiveInfinity), "logit_scale", $"is {question.LogitScale}; it must be a number over 0");
        Require(question.LogitBias is not { } bias || float.IsFinite(bias), "logit_bias", $"is {question.LogitBias}; it must be a number");
        Require(question.NoneThreshold is null or (>= -1 and <= 1), "none_threshold", $"is {question.NoneThreshold}; a similarity is in [-1, 1]");
        Require(question.TopK >= 0, "top_k", $"is {question.TopK}; it must not be negative");
    }
}
