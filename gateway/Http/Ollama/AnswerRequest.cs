using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Chat;
using Sensorium.Gateway.Http.Chat;
using Sensorium.Gateway.Http.Faces;
using Sensorium.Gateway.Http.OpenAi.Chat;
using Sensorium.Gateway.Operations.Chat;

namespace Sensorium.Gateway.Http.Ollama;

/// <param name="IsStreamed">Each token is sent when it is there.</param>
internal sealed record AnswerRequest(string Model, IReadOnlyList<ChatInput> Messages, GenerationParameters Parameters, bool IsStreamed)
{
    private const string Options = "options";
    private const float Highest = 100;

    /// <exception cref="SensoriumException">A member is missing, of the wrong type, or cannot be honoured. Unknown members are ignored.</exception>
    public static AnswerRequest ReadChat(JsonElement body)
    {
        var messages = body.FindList("messages") ?? throw BodyErrors.Wrong("messages", "is missing");
        return Read(body, OllamaAnswerEndpoints.Chat, () => [.. messages.Select(message => ReadMessage(message.Value, message.Field))]);
    }

    /// <exception cref="SensoriumException">A member is missing, of the wrong type, or cannot be honoured. Unknown members are ignored.</exception>
    public static AnswerRequest ReadPrompt(JsonElement body) => Read(body, OllamaAnswerEndpoints.Generate, () =>
    {
        var parts = PartsOf(body, "prompt", "");
        return body.FindString("system") is { Length: > 0 } system
            ? [ChatInput.OfText(ChatRole.System, system), new ChatInput(ChatRole.User, parts)]
            : [new ChatInput(ChatRole.User, parts)];
    });

    public CaptionJob ToJob(HttpContext context) => new(
        context.TraceIdentifier, [], null, Parameters, Model: ModelSelector.Parse(Model), Deadline: HttpCall.DeadlineOf(context));

    private static AnswerRequest Read(JsonElement body, FaceEndpoint endpoint, Func<IReadOnlyList<ChatInput>> messages)
    {
        endpoint.Check(body);
        OllamaNames.CheckKeepAlive(body);
        return new AnswerRequest(OllamaNames.ModelOf(body), messages(), ParametersOf(body), body.FindFlag("stream", otherwise: true));
    }

    private static ChatInput ReadMessage(JsonElement message, string field)
    {
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw BodyErrors.Wrong(field, "must be an object");
        }

        return message.Find("tool_calls") is { } calls && (calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() > 0)
            ? throw BodyErrors.Wrong($"{field}.tool_calls", "cannot be told to the models here")
            : new ChatInput(ChatMessages.RoleOf(message, field), PartsOf(message, "content", $"{field}."));
    }

    // Pictures come before the words, as Ollama's templates put them; what kind of medium each is is told from its bytes.
    private static ChatInputPart[] PartsOf(JsonElement json, string words, string under)
    {
        var images = json.FindList("images", under) ?? [];
        var text = json.FindString(words, under);
        if (text is null && images.Count == 0)
        {
            throw BodyErrors.Wrong(under + words, "is missing");
        }

        ChatInputPart[] media = [.. images.Select(image => ChatMessages.PartOf(MediaParts.OfUriOrBase64(image.Value, image.Field, modality: null), image.Field))];
        return text is null or "" && media.Length > 0 ? media : [.. media, new ChatInputText(text ?? "")];
    }

    private static GenerationParameters ParametersOf(JsonElement body)
    {
        const string Under = $"{Options}.";
        if (body.Find(Options) is not { } options)
        {
            return new GenerationParameters();
        }

        if (options.ValueKind != JsonValueKind.Object)
        {
            throw BodyErrors.Wrong(Options, "must be an object");
        }

        OllamaAnswerEndpoints.Options.Check(options, Under);
        return new GenerationParameters
        {
            Temperature = options.FindNumber("temperature", 0, Highest, Under),
            TopP = options.FindNumber("top_p", 0, 1, Under),
            TopK = options.FindWhole("top_k", least: 0, Under),
            Seed = ChatRequest.SeedOf(options, Under),
            MaxNewTokens = LengthOf(options, Under),
            Stop = options.FindStrings("stop", Under) ?? [],
            RepetitionPenalty = options.FindNumber("repeat_penalty", 0, Highest, Under),
        };
    }

    // -1 is as long as the model writes.
    private static int? LengthOf(JsonElement options, string under) => options.FindWhole("num_predict", least: -1, under) switch
    {
        0 => throw BodyErrors.Wrong($"{under}num_predict", "must be at least 1, or -1"),
        -1 => null,
        var length => length,
    };
}
