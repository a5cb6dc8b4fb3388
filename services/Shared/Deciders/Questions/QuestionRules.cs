using System.Diagnostics.CodeAnalysis;
using Sensorium.Core.Errors;

namespace Sensorium.Deciders.Questions;

/// <summary>What makes a question one that can be answered.</summary>
public static class QuestionRules
{
    private const int MostQuestions = 400;
    private const int MostChoices = 255;
    private const int MostLevels = 10;

    /// <param name="questions">Of one request.</param>
    /// <param name="named">Each needs a name of its own.</param>
    /// <exception cref="SensoriumException">INVALID_QUESTION, naming the first that is wrong.</exception>
    public static void Check(IReadOnlyList<Question> questions, bool named)
    {
        Require(questions.Count > 0, "questions", "is empty; ask at least one");
        Require(questions.Count <= MostQuestions, "questions", $"holds {questions.Count}; at most {MostQuestions} are answered in one request");
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < questions.Count; i++)
        {
            var (question, field) = (questions[i], $"questions[{i}]");
            Require(!named || question.Name.Length > 0, $"{field}.name", "is empty");
            Require(question.Name.Length == 0 || names.Add(question.Name), $"{field}.name", $"\"{question.Name}\" is the name of another question too");
            Require(named || question.Kind != QuestionKind.Predicate || !string.IsNullOrWhiteSpace(question.Instructions), $"{field}.instructions", "is empty; it is the statement that media are compared with");
            Check(question, field);
        }
    }

    /// <summary>Of cases that are to be taught: there is nothing to tell apart.</summary>
    public static SensoriumException OneOutcome(string question, string outcome) => SensoriumException.Invalid(
        ErrorReasons.OneOutcomeOnly, $"Every case has the same outcome for question '{question}', \"{outcome}\": there is nothing to tell apart.", "cases");

    private static void Check(Question question, string field)
    {
        if (question.Kind == QuestionKind.Predicate)
        {
            return;
        }

        var (list, most) = question.Kind == QuestionKind.Choice ? ("choices", MostChoices) : ("levels", MostLevels);
        Require(
            question.Options.Count >= 2 && question.Options.Count <= most,
            $"{field}.{list}",
            $"holds {question.Options.Count}; a {question.Kind.ToString().ToLowerInvariant()} has 2 to {most}");
        var values = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < question.Options.Count; i++)
        {
            Require(question.Options[i].Value.Length > 0, $"{field}.{list}[{i}]", "is empty");
            Require(values.Add(question.Options[i].Value), $"{field}.{list}[{i}]", $"\"{question.Options[i].Value}\" is there twice");
        }
    }

    private static void Require([DoesNotReturnIf(false)] bool right, string field, string fault)
    {
        if (!right)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidQuestion, $"{field} {fault}.", field);
        }
    }
}
