using System.Text.Json;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Http.Chat;
using Sensorium.Gateway.Operations.Chat;

namespace Sensorium.Gateway.Http.OpenAi.Chat;

/// <param name="WithLogProbs">Tells how likely each token was.</param>
/// <param name="IsStreamed">Each token is sent when it is there.</param>
/// <param name="WithUsage">A stream ends with what was used.</param>
internal sealed record ChatRequest(
    string Model, IReadOnlyList<ChatInput> Messages, GenerationParameters Parameters, bool WithLogProbs, bool IsStreamed, bool WithUsage)
{
    private const float MaxTemperature = 2;
    private const float MaxPenalty = 100;

    private static readonly string[] Strings = ["user", "safety_identifier", "prompt_cache_key"];

    /// <exception cref="SensoriumException">A member is missing, of the wrong type, or cannot be honoured. Unknown members are ignored.</exception>
    public static ChatRequest Read(JsonElement body)
    {
        ChatEndpoints.Completions.Check(body);
        foreach (var name in Strings)
        {
            _ = body.FindString(name);
        }

        var stream = body.FindFlag("stream");
        var withUsage = OptionsOf(body)?.FindFlag("include_usage", under: "stream_options.") == true;
        return new ChatRequest(
            body.RequireName("model"),
            ChatMessages.Read(body, "messages"),
            ParametersOf(body) with { MaxNewTokens = MaxTokensOf(body), Choices = body.FindWhole("n", least: 1) },
            body.FindFlag("logprobs"),
            stream,
            stream && withUsage);
    }

    /// <summary>Those that several of OpenAI's endpoints have, and by their names in vLLM those that it lacks.</summary>
    public static GenerationParameters ParametersOf(JsonElement body) => new()
    {
        Temperature = body.FindNumber("temperature", 0, MaxTemperature),
        TopP = body.FindNumber("top_p", 0, 1),
        TopK = body.FindWhole("top_k", least: 0),
        Seed = SeedOf(body, ""),
        Stop = body.FindStrings("stop") ?? [],
        MinNewTokens = body.FindWhole("min_tokens", least: 0),
        RepetitionPenalty = body.FindNumber("repetition_penalty", 0, MaxPenalty),
        NoRepeatNgramSize = body.FindWhole("no_repeat_ngram_size", least: 0),
        NumBeams = body.FindWhole("num_beams", least: 1),
    };

    public static ulong? SeedOf(JsonElement body, string under) => body.Find("seed") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } given when given.TryGetInt64(out var seed) => unchecked((ulong)seed),
        _ => throw BodyErrors.Wrong($"{under}seed", "must be a whole number"),
    };

    public CaptionJob ToJob(HttpContext context) => new(
        context.TraceIdentifier, [], null, Parameters, Model: ModelSelector.Parse(Model), Deadline: HttpCall.DeadlineOf(context));

    private static int? MaxTokensOf(JsonElement body)
    {
        var (older, newer) = (body.FindWhole("max_tokens", least: 1), body.FindWhole("max_completion_tokens", least: 1));
        return older is not null && newer is not null && older != newer
            ? throw BodyErrors.Wrong("max_tokens", $"is {older}, but max_completion_tokens is {newer}")
            : newer ?? older;
    }

    private static JsonElement? OptionsOf(JsonElement body) => body.Find("stream_options") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } options => options,
        _ => throw BodyErrors.Wrong("stream_options", "must be an object"),
    };
}
