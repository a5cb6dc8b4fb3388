using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Inference;

namespace Sensorium.Gateway.Grpc.Inference;

/// <summary>What models are, as the protocol tells it.</summary>
internal static class ModelInfoMapping
{
    private const long NanosecondsPerTick = 100;

    private static readonly V2.DataType[] DataTypes =
    [
        V2.DataType.TypeBool, V2.DataType.TypeInt8, V2.DataType.TypeInt16, V2.DataType.TypeInt32, V2.DataType.TypeInt64,
        V2.DataType.TypeUint8, V2.DataType.TypeUint16, V2.DataType.TypeUint32, V2.DataType.TypeUint64,
        V2.DataType.TypeFp16, V2.DataType.TypeFp32, V2.DataType.TypeFp64, V2.DataType.TypeString,
    ];

    public static V2.ModelMetadataResponse ToMetadata(this TensorModel model) => new()
    {
        Name = model.Id,
        Versions = { model.Version },
        Platform = model.Platform,
        Inputs = { model.Inputs.Select(ToMetadata) },
        Outputs = { model.Outputs.Select(ToMetadata) },
    };

    public static V2.ModelConfig ToConfig(this TensorModel model) => new()
    {
        Name = model.Id,
        Platform = model.Platform,
        Backend = model.Graph is null ? "sensorium" : "onnxruntime",
        MaxBatchSize = model.MaxBatchRows,
        Input =
        {
            model.Inputs.Select(port => new V2.ModelInput { Name = port.Name, DataType = TypeOf(port), Dims = { Dims(model, port) }, Optional = model.Graph is null }),
        },
        Output = { model.Outputs.Select(port => new V2.ModelOutput { Name = port.Name, DataType = TypeOf(port), Dims = { Dims(model, port) } }) },
        ModelTransactionPolicy = new V2.ModelTransactionPolicy { Decoupled = model.IsPiecewise },
    };

    public static V2.ModelStatistics ToProto(this ModelCounts counts, string model, string version) => new()
    {
        Name = model,
        Version = version,
        LastInference = (ulong)(counts.LastInference?.ToUnixTimeMilliseconds() ?? 0),
        InferenceCount = (ulong)counts.Rows,
        ExecutionCount = (ulong)Math.Round(counts.Runs),
        InferenceStats = new V2.InferStatistics
        {
            Success = ToProto(counts.Success),
            Fail = ToProto(counts.Fail),
            Queue = ToProto(counts.Queue),
            ComputeInput = new V2.StatisticDuration(),
            ComputeInfer = ToProto(counts.Inference),
            ComputeOutput = new V2.StatisticDuration(),
        },
    };

    // The dimension along which requests are joined is left out.
    private static IEnumerable<long> Dims(TensorModel model, TensorPort port) => model.MaxBatchRows > 0 ? port.Shape.Skip(1) : port.Shape;

    private static V2.DataType TypeOf(TensorPort port) => DataTypes[(int)port.Type - 1];

    private static V2.ModelMetadataResponse.Types.TensorMetadata ToMetadata(TensorPort port) => new()
    {
        Name = port.Name,
        Datatype = TensorTypes.NameOf(port.Type),
        Shape = { port.Shape },
    };

    private static V2.StatisticDuration ToProto(CountedTime time) => new() { Count = (ulong)time.Count, Ns = (ulong)(time.Time.Ticks * NanosecondsPerTick) };
}
