using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Server;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Http.OpenAi.Decisions;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Mcp.Tools;

/// <summary>What can be decided about a case.</summary>
[McpServerToolType]
internal sealed class DecideTools(DecideOperation decide, DecidersOperation deciders)
{
    [McpServerTool(Name = "decide", Title = "Decide about a case", ReadOnly = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Answers a question about a case of notes, media and a record of fields, with probabilities and evidence. A decider that was taught answers its own questions; without one, the case is compared with the words of the question.")]
    public async Task<DecideAnswer> DecideAsync(
        [Description("A statement that is true or false of the case or, with choices, a question; leave it out with a decider")] string? question = null,
        [Description("The answers to choose from")] string[]? choices = null,
        [Description("Notes about the case")] string? notes = null,
        [Description("Media of the case: https: or data: URIs")] string[]? media = null,
        [Description("The record of the case, an object of numbers and texts by name")] JsonElement? fields = null,
        [Description("Name of a decider that was taught")] string? decider = null,
        CancellationToken cancellationToken = default)
    {
        var schema = string.IsNullOrEmpty(decider) ? null : deciders.Find(decider)?.Schema;
        var input = DecisionsInput.Read(BodyOf(notes, fields), schema) with { Media = MediaArguments.Read("media", media ?? []) };
        var asked = new DecideRequest(decider ?? "", QuestionsOf(question, choices, decider), DecideOptions.Default, MediaArguments.Batch(null));
        var outcome = (await decide.RunAsync([input], asked, cancellationToken)).Cases[0];
        return outcome.Error is { } error ? throw error : new DecideAnswer([.. outcome.Answers.Select(ToAnswer)], DeciderInfo.Notice);
    }

    private static Question[] QuestionsOf(string? question, string[]? choices, string? decider)
    {
        if (!string.IsNullOrEmpty(decider))
        {
            return [];
        }

        return choices is { Length: > 0 }
            ? [new Question("", QuestionKind.Choice, question ?? "", [.. choices.Select(choice => new QuestionOption(choice, ""))])]
            : [Question.Predicate("", question ?? "")];
    }

    // As POST /v1/decisions has it.
    private static JsonElement BodyOf(string? notes, JsonElement? fields)
    {
        var parts = new JsonArray();
        if (!string.IsNullOrEmpty(notes))
        {
            parts.Add(new JsonObject { ["type"] = "input_text", ["text"] = notes });
        }

        if (fields is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } record)
        {
            parts.Add(new JsonObject { ["type"] = "input_json", ["data"] = JsonNode.Parse(record.GetRawText()) });
        }

        return JsonSerializer.SerializeToElement(new JsonObject { ["input"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = parts }) });
    }

    private static DecidedQuestion ToAnswer(Answer answer) => new(
        answer.Question.Name,
        answer.Question.Options[answer.Best].Value,
        answer.Abstained?.ToString() ?? "",
        answer.Calibrated,
        [.. answer.Question.Options.Zip(answer.Probabilities, (option, probability) => new ProbableValue(option.Value, probability))],
        [.. answer.Evidence.Select(piece => new EvidencePiece(piece.Kind.ToString(), piece.Part, piece.Where, piece.Weight))]);
}
