using Sensorium.Core.Errors;
using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Measuring;
using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.Learning;

/// <summary>Teaches one question, on the cases that have an outcome for it.</summary>
internal sealed class QuestionTrainer(BlockSet blocks, CaseSchema schema, LinearTrainer trainer)
{
    private const int FewestCases = 20;
    private const int FewestOfOption = 5;

    public (QuestionModel Model, QuestionReport Report) Train(Question question, IReadOnlyList<TaughtCase> all, CancellationToken cancellationToken)
    {
        var cases = all.Where(taught => taught.Outcomes.ContainsKey(question.Name)).ToArray();
        int[] outcomes = [.. cases.Select(taught => PlaceOf(question, taught))];
        CheckEnough(question, outcomes);
        var divisions = Folds.Assign([.. cases.Select(taught => taught.Group)], outcomes);
        var known = blocks.All();
        var rows = known.Select(block => cases.Select(taught => block.Read(taught.Case)).ToArray()).ToArray();
        var target = new TargetTrainer(trainer, known, rows, divisions);
        int[] options = question.Options.Count == 2 ? [1] : [.. Enumerable.Range(0, question.Options.Count)];
        var taught = options.Select(option => target.Train([.. outcomes.Select(outcome => outcome == option)], cancellationToken)).ToArray();
        var report = new Reporter(schema, cases, divisions).Report(question, taught, outcomes);
        return (new QuestionModel(question, [.. taught.Select(one => one.Model)], report.Coverage), report);
    }

    private static int PlaceOf(Question question, TaughtCase taught)
    {
        var outcome = taught.Outcomes[question.Name];
        var place = question.IndexOf(outcome);
        return place >= 0 ? place : throw SensoriumException.Invalid(
            ErrorReasons.InvalidQuestion,
            $"Case '{taught.Case.Id}' has the outcome \"{outcome}\" for question '{question.Name}', which is none of {string.Join(", ", question.Options.Select(option => $"\"{option.Value}\""))}.",
            $"outcomes.{question.Name}");
    }

    private static void CheckEnough(Question question, int[] outcomes)
    {
        if (outcomes.Length < FewestCases)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TooFewCases, $"Question '{question.Name}' has {outcomes.Length} cases with an outcome; it takes at least {FewestCases}.", "cases");
        }

        var counts = question.Options.Select((option, i) => (option.Value, Cases: outcomes.Count(outcome => outcome == i))).ToArray();
        if (counts.Count(option => option.Cases > 0) == 1)
        {
            throw QuestionRules.OneOutcome(question.Name, counts.First(option => option.Cases > 0).Value);
        }

        if (Array.Find(counts, option => option.Cases < FewestOfOption) is { Value: { } value } rare)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.TooFewCases, $"Question '{question.Name}' has {rare.Cases} cases with the outcome \"{value}\"; each takes at least {FewestOfOption}.", "cases");
        }
    }
}
