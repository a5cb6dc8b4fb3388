using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.OpenAi.Chat;

/// <summary>Every answer in words that is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatCompletion))]
[JsonSerializable(typeof(ChatChunk))]
[JsonSerializable(typeof(ChunkWithUsage))]
internal sealed partial class ChatJson : JsonSerializerContext;

internal sealed record ChatCompletion(string Id, long Created, string Model, IReadOnlyList<ChatChoice> Choices, ChatUsage Usage)
{
    public string Object { get; } = "chat.completion";
}

/// <param name="Logprobs">Null unless they were asked for.</param>
internal sealed record ChatChoice(int Index, AnswerMessage Message, ChatLogProbs? Logprobs, string FinishReason);

internal sealed record AnswerMessage(string Content)
{
    public string Role { get; } = "assistant";

    /// <summary>Models here never refuse by themselves; clients expect the member.</summary>
    public string? Refusal { get; }
}

internal sealed record ChatLogProbs(IReadOnlyList<TokenLogProb> Content);

internal sealed record TokenLogProb(string Token, float Logprob, IReadOnlyList<int> Bytes)
{
    public IReadOnlyList<TokenLogProb> TopLogprobs { get; } = [];
}

internal sealed record ChatUsage(int PromptTokens, int CompletionTokens, int TotalTokens);

internal sealed record ChatChunk(string Id, long Created, string Model, IReadOnlyList<ChunkChoice> Choices)
{
    public string Object { get; } = "chat.completion.chunk";
}

/// <param name="Usage">In the last piece, which has no choices.</param>
internal sealed record ChunkWithUsage(string Id, long Created, string Model, IReadOnlyList<ChunkChoice> Choices, ChatUsage? Usage)
{
    public string Object { get; } = "chat.completion.chunk";
}

internal sealed record ChunkChoice(int Index, ChunkDelta Delta, ChatLogProbs? Logprobs, string? FinishReason);

internal sealed record ChunkDelta(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content);
