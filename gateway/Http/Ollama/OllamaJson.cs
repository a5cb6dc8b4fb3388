using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.Ollama;

/// <summary>Everything that the face writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VersionResponse))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ShownModel))]
[JsonSerializable(typeof(EmbedResponse))]
[JsonSerializable(typeof(OneEmbedding))]
[JsonSerializable(typeof(AnswerPiece))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class OllamaJson : JsonSerializerContext;

internal sealed record ErrorBody(string Error);

internal sealed record VersionResponse(string Version);

internal sealed record ModelList(IReadOnlyList<ModelEntry> Models);

/// <param name="Size">Bytes of its files or, of one in memory, of its processes.</param>
/// <param name="Digest">Its revision.</param>
/// <param name="SizeVram">Null unless it is told as one in memory.</param>
internal sealed record ModelEntry(string Name, string Model, long Size, string Digest, ModelDetails Details, long? SizeVram);

/// <param name="QuantizationLevel">"fp32", "fp16" or "int8".</param>
internal sealed record ModelDetails(string Format, string Family, IReadOnlyList<string> Families, string QuantizationLevel);

internal sealed record ShownModel(string License, ModelDetails Details, IReadOnlyDictionary<string, string> ModelInfo, IReadOnlyList<string> Capabilities);

/// <param name="TotalDuration">Nanoseconds.</param>
internal sealed record EmbedResponse(string Model, IReadOnlyList<ReadOnlyMemory<float>> Embeddings, long TotalDuration, long PromptEvalCount);

internal sealed record OneEmbedding(ReadOnlyMemory<float> Embedding);

/// <summary>A piece of an answer, or the whole of it; the last one says that it is done, and how long it took in nanoseconds.</summary>
/// <param name="Message">Of /chat; null for /generate.</param>
/// <param name="Response">Of /generate; null for /chat.</param>
internal sealed record AnswerPiece(string Model, DateTimeOffset CreatedAt, AnswerMessage? Message, string? Response, bool Done)
{
    public string? DoneReason { get; init; }

    public long? TotalDuration { get; init; }

    public int? PromptEvalCount { get; init; }

    public long? PromptEvalDuration { get; init; }

    public int? EvalCount { get; init; }

    public long? EvalDuration { get; init; }
}

internal sealed record AnswerMessage(string Content)
{
    public string Role { get; } = "assistant";
}
