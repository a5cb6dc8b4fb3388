using Sensorium.Core.Errors;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;

namespace Sensorium.Gateway.Http.OpenAi.Decisions;

/// <summary>Which question of a decider each that is asked is: the one of its name, or the only one.</summary>
internal static class TaughtQuestions
{
    /// <exception cref="SensoriumException">INVALID_QUESTION: it was taught no such question, or with other choices.</exception>
    public static IReadOnlyList<Question> Match(IReadOnlyList<AskedQuestion> asked, DeciderInfo decider) =>
        [.. asked.Select((question, i) => Match(question, decider, $"questions[{i}]"))];

    private static Question Match(AskedQuestion asked, DeciderInfo decider, string field)
    {
        var taught = asked.Name is null && decider.Questions.Count == 1
            ? decider.Questions[0]
            : decider.Questions.FirstOrDefault(question => question.Name == asked.Name);
        if (taught is null)
        {
            var names = string.Join(", ", decider.Questions.Select(question => $"\"{question.Name}\""));
            throw Wrong($"{field}.name", $"is none that decider '{decider.Name}' was taught; it answers {names}");
        }

        if (taught.Kind != asked.Question.Kind)
        {
            throw Wrong($"{field}.type", $"is {Name(asked.Question.Kind)}, but '{taught.Name}' was taught as {Name(taught.Kind)}");
        }

        var (given, known) = (asked.Question.Options.Select(option => option.Value), taught.Options.Select(option => option.Value));
        return given.SequenceEqual(known, StringComparer.Ordinal)
            ? taught
            : throw Wrong(field, $"has other choices than '{taught.Name}' was taught with, or in another order: {string.Join(", ", known.Select(value => $"\"{value}\""))}");
    }

    private static string Name(QuestionKind kind) => kind.ToString().ToLowerInvariant();

    private static SensoriumException Wrong(string field, string fault) => SensoriumException.Invalid(ErrorReasons.InvalidQuestion, $"{field} {fault}.", field);
}
