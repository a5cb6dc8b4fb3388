using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.Tei;

/// <summary>Everything that the face writes.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ReadOnlyMemory<float>>))]
[JsonSerializable(typeof(IReadOnlyList<Rank>))]
[JsonSerializable(typeof(IReadOnlyList<Prediction>))]
[JsonSerializable(typeof(IReadOnlyList<IReadOnlyList<Prediction>>))]
[JsonSerializable(typeof(float[]))]
[JsonSerializable(typeof(ServerInfo))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class TeiJson : JsonSerializerContext;

internal sealed record ErrorBody(string Error, string ErrorType);

/// <param name="Text">Null unless texts were asked for.</param>
internal sealed record Rank(int Index, float Score, string? Text);

internal sealed record Prediction(string Label, float Score);

/// <param name="ModelSha">Its revision.</param>
/// <param name="MaxInputLength">In tokens.</param>
/// <param name="MaxClientBatchSize">Texts of one request.</param>
internal sealed record ServerInfo(
    string ModelId, string ModelSha, string ModelDtype, ModelKind ModelType, int MaxInputLength, int MaxClientBatchSize, bool AutoTruncate, string Version);

/// <summary>One of these is set.</summary>
internal sealed record ModelKind
{
    public EmbeddingKind? Embedding { get; init; }

    public LabelKind? Classifier { get; init; }

    public LabelKind? Reranker { get; init; }
}

internal sealed record EmbeddingKind(int Dimensions);

internal sealed record LabelKind(IReadOnlyDictionary<string, string> Id2label, IReadOnlyDictionary<string, int> Label2id);
