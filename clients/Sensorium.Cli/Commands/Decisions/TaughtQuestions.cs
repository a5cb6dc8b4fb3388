using Sensorium.V1;

namespace Sensorium.Cli.Commands.Decisions;

/// <summary>The questions of labelled cases: those that are only ever true or false are predicates, all others choices.</summary>
internal static class TaughtQuestions
{
    private static readonly string[] Truths = ["false", "true"];

    /// <param name="outcomes">Of all cases.</param>
    /// <param name="levels">Values of scores, the lowest first, by question.</param>
    public static IEnumerable<Question> Of(IEnumerable<(string Question, string Outcome)> outcomes, IReadOnlyDictionary<string, string[]> levels) =>
        from outcome in outcomes
        group outcome.Outcome by outcome.Question into question
        let values = question.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()
        select Of(question.Key, values, levels);

    /// <summary>Scores alone; of other outcomes the gateway makes questions.</summary>
    public static IEnumerable<Question> OfLevels(IReadOnlyDictionary<string, string[]> levels) => levels.Keys.Select(name => Of(name, [], levels));

    private static Question Of(string name, string[] values, IReadOnlyDictionary<string, string[]> levels)
    {
        var question = new Question { Name = name, Instructions = name };
        if (levels.TryGetValue(name, out var ordered))
        {
            question.Score = new ScoreQuestion { Levels = { ordered.Select(Option) } };
        }
        else if (values.All(value => Truths.Contains(value)))
        {
            question.Predicate = new PredicateQuestion();
        }
        else if (values is [var only])
        {
            throw new IOException($"every case has the outcome \"{only}\" for question '{name}': there is nothing to tell apart");
        }
        else
        {
            question.Choice = new ChoiceQuestion { Choices = { values.Select(Option) } };
        }

        return question;
    }

    private static QuestionOption Option(string value) => new() { Value = value };
}
