using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Questions;

namespace Sensorium.Gateway.Http.OpenAi.Decisions;

/// <summary>A question, and its choices as they were written: a boolean is no string.</summary>
/// <param name="Name">Null if it has none.</param>
/// <param name="Values">Of a choice.</param>
internal sealed record AskedQuestion(string? Name, Question Question, IReadOnlyList<object> Values);

/// <param name="MinConfidence">Beyond the shape of the API, as is coverage.</param>
internal sealed record DecisionsRequest(string Model, IReadOnlyList<AskedQuestion> Questions, double MinConfidence, double Coverage, bool ExplainMedia)
{
    /// <exception cref="SensoriumException">A member is missing or of the wrong type. Unknown members are ignored.</exception>
    public static DecisionsRequest Read(JsonElement body)
    {
        var model = body.RequireName("model");
        _ = (body.FindString("safety_identifier"), body.FindString("prompt_cache_key"));
        var questions = body.FindList("questions") ?? throw BodyErrors.Wrong("questions", "is missing");
        if (questions.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidQuestion, "questions is empty; ask at least one.", "questions");
        }

        return new DecisionsRequest(
            model,
            [.. questions.Select(question => ReadQuestion(ObjectOf(question.Value, question.Field), question.Field))],
            body.FindNumber("min_confidence", 0, 1) ?? 0,
            body.FindNumber("coverage", 0, 1) ?? 1,
            body.FindFlag("explain_media"));
    }

    private static JsonElement ObjectOf(JsonElement json, string field) =>
        json.ValueKind == JsonValueKind.Object ? json : throw BodyErrors.Wrong(field, "must be an object");

    private static AskedQuestion ReadQuestion(JsonElement question, string field)
    {
        var kind = question.RequireString("type", $"{field}.");
        var name = question.FindString("name", $"{field}.");
        var instructions = Instructions(question, field);
        return kind switch
        {
            "predicate" => new AskedQuestion(name, Question.Predicate(name ?? "", instructions), []),
            "choice" => Choice(question, field, name, instructions),
            "score" => new AskedQuestion(name, new Question(name ?? "", QuestionKind.Score, instructions, [.. Options(question, field, "levels", "label")]), []),
            _ => throw BodyErrors.Wrong($"{field}.type", "is none of predicate, choice and score"),
        };
    }

    private static AskedQuestion Choice(JsonElement question, string field, string? name, string instructions)
    {
        QuestionOption[] options = [.. Options(question, field, "choices", "value")];
        var written = question.FindList("choices")!.Select(choice => choice.Value.GetProperty("value"));
        object[] values = [.. written.Select((value, i) => value.ValueKind == JsonValueKind.String ? (object)options[i].Value : value.GetBoolean())];
        return new AskedQuestion(name, new Question(name ?? "", QuestionKind.Choice, instructions, options), values);
    }

    private static IEnumerable<QuestionOption> Options(JsonElement question, string field, string list, string member)
    {
        foreach (var (option, place) in question.FindList(list, $"{field}.") ?? throw BodyErrors.Wrong($"{field}.{list}", "is missing"))
        {
            var value = ObjectOf(option, place).Find(member) ?? throw BodyErrors.Wrong($"{place}.{member}", "is missing");
            var text = value.ValueKind switch
            {
                JsonValueKind.True when member == "value" => Question.True,
                JsonValueKind.False when member == "value" => Question.False,
                _ => JsonStrings.Read(value, $"{place}.{member}"),
            };
            yield return new QuestionOption(text, option.FindString("description", $"{place}.") ?? "");
        }
    }

    // A string, or parts of which those of text are read: a picture in a question is nothing that a case can be compared with here.
    private static string Instructions(JsonElement question, string field)
    {
        if (question.Find("instructions") is not { ValueKind: JsonValueKind.Array })
        {
            return question.RequireString("instructions", $"{field}.");
        }

        var parts = question.FindList("instructions", $"{field}.")!.Select(part =>
            ObjectOf(part.Value, part.Field).RequireString("type", $"{part.Field}.") == "input_text"
                ? part.Value.RequireString("text", $"{part.Field}.")
                : throw BodyErrors.Wrong($"{part.Field}.type", "is not input_text; questions are asked in words here"));
        return string.Join(' ', parts);
    }
}
