using System.Text.Json.Serialization;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>Everything that the face writes, but answers in tensors.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ServerBody))]
[JsonSerializable(typeof(ReadyBody))]
[JsonSerializable(typeof(MetadataBody))]
[JsonSerializable(typeof(ConfigBody))]
[JsonSerializable(typeof(StatisticsBody))]
[JsonSerializable(typeof(IReadOnlyList<IndexEntry>))]
internal sealed partial class OipJson : JsonSerializerContext;

internal sealed record ErrorBody(string Error);

internal sealed record ServerBody(string Name, string Version, IReadOnlyList<string> Extensions);

internal sealed record ReadyBody(string Name, bool Ready);

internal sealed record MetadataBody(
    string Name, IReadOnlyList<string> Versions, string Platform, IReadOnlyList<TensorBody> Inputs, IReadOnlyList<TensorBody> Outputs);

/// <param name="Shape">-1 where the size is open.</param>
internal sealed record TensorBody(string Name, string Datatype, IReadOnlyList<long> Shape);

internal sealed record ConfigBody(
    string Name,
    string Platform,
    string Backend,
    int MaxBatchSize,
    IReadOnlyList<ConfigTensor> Input,
    IReadOnlyList<ConfigTensor> Output,
    TransactionPolicy ModelTransactionPolicy);

/// <param name="DataType">As "TYPE_INT32".</param>
internal sealed record ConfigTensor(string Name, string DataType, IReadOnlyList<long> Dims, bool Optional);

internal sealed record TransactionPolicy(bool Decoupled);

internal sealed record StatisticsBody(IReadOnlyList<ModelStatistics> ModelStats);

internal sealed record ModelStatistics(
    string Name, string Version, long LastInference, long InferenceCount, long ExecutionCount, InferenceTimes InferenceStats);

internal sealed record InferenceTimes(CountedNanoseconds Success, CountedNanoseconds Fail, CountedNanoseconds Queue, CountedNanoseconds ComputeInfer);

internal sealed record CountedNanoseconds(long Count, long Ns);

internal sealed record IndexEntry(string Name, string Version, string State, string Reason);
