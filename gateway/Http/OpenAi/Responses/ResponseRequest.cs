using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Gateway.Http.Chat;
using Sensorium.Gateway.Http.OpenAi.Chat;
using Sensorium.Gateway.Operations.Chat;

namespace Sensorium.Gateway.Http.OpenAi.Responses;

/// <param name="Instructions">Null for none.</param>
/// <param name="IsStreamed">Each token is sent when it is there.</param>
internal sealed record ResponseRequest(
    string Model, string? Instructions, IReadOnlyList<ChatInput> Messages, GenerationParameters Parameters, bool IsStreamed)
{
    private const string Input = "input";

    private static readonly string[] Strings = ["user", "safety_identifier", "prompt_cache_key"];

    /// <exception cref="SensoriumException">A member is missing, of the wrong type, or cannot be honoured. Unknown members are ignored.</exception>
    public static ResponseRequest Read(JsonElement body)
    {
        ChatEndpoints.Responses.Check(body);
        foreach (var name in Strings)
        {
            _ = body.FindString(name);
        }

        var model = body.RequireName("model");
        var instructions = body.FindString("instructions");
        var messages = MessagesOf(body);
        var parameters = ChatRequest.ParametersOf(body) with { MaxNewTokens = body.FindWhole("max_output_tokens", least: 1) };
        return new ResponseRequest(
            model,
            instructions,
            string.IsNullOrEmpty(instructions) ? messages : [ChatInput.OfText(ChatRole.System, instructions), .. messages],
            parameters,
            body.FindFlag("stream"));
    }

    public CaptionJob ToJob(HttpContext context) => new(
        context.TraceIdentifier, [], null, Parameters, Model: ModelSelector.Parse(Model), Deadline: HttpCall.DeadlineOf(context));

    private static IReadOnlyList<ChatInput> MessagesOf(JsonElement body)
    {
        if (body.Find(Input) is { ValueKind: JsonValueKind.String } text)
        {
            return [ChatInput.OfText(ChatRole.User, JsonStrings.Read(text, Input))];
        }

        foreach (var (item, field) in body.FindList(Input) ?? [])
        {
            if (item.ValueKind == JsonValueKind.Object && item.FindString("type", $"{field}.") is { } type and not "message")
            {
                throw BodyErrors.Wrong($"{field}.type", $"is \"{type}\"; only messages can be told to the models here");
            }
        }

        return ChatMessages.Read(body, Input);
    }
}
