using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Encoding;
using Sensorium.Core.Models;
using Sensorium.Core.Tensors;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Requests and answers of sensorium.v1.TensorService.</summary>
public static class InferMapping
{
    public static V1.InferRequest ToProto(this InferJob job) => new()
    {
        RequestId = job.RequestId,
        Model = job.Model.ToProto(),
        Inputs = { job.Inputs.Select(NamedTensorMapping.ToProto) },
        Outputs = { job.Outputs },
    };

    public static InferJob ToDomain(this V1.InferRequest request, DateTimeOffset? deadline) => new(
        RequestIds.OrNew(request.RequestId),
        request.Model.ToDomain(),
        [.. request.Inputs.Select(NamedTensorMapping.ToDomain)],
        [.. request.Outputs],
        deadline);

    public static V1.InferResponse ToProto(this InferResult result) => new()
    {
        Model = result.Model.ToProto(),
        Outputs = { result.Outputs.Select(NamedTensorMapping.ToProto) },
        Timing = new V1.Timing
        {
            Queue = result.Timing.Queue?.ToDuration(),
            Inference = result.Timing.Inference?.ToDuration(),
            Total = result.Timing.Total?.ToDuration(),
            BatchSize = result.Timing.BatchSize,
        },
    };

    public static InferResult ToDomain(this V1.InferResponse response) => new(
        [.. response.Outputs.Select(NamedTensorMapping.ToDomain)],
        response.Model.ToDomain(),
        new EncodeTiming
        {
            Queue = response.Timing?.Queue?.ToTimeSpan(),
            Inference = response.Timing?.Inference?.ToTimeSpan(),
            Total = response.Timing?.Total?.ToTimeSpan(),
            BatchSize = response.Timing?.BatchSize ?? 0,
        });

    public static V1.DescribeGraphsResponse ToProto(this ServedModels<GraphDescription> served) => new()
    {
        Graphs = { served.Models.Select(ToProto) },
        Unserved = { served.Unserved.Select(DescriptionMapping.ToProto) },
    };

    public static ServedModels<GraphDescription> ToDomain(this V1.DescribeGraphsResponse response, string service) => new(
        service,
        [.. response.Graphs.Select(ToDomain)],
        [.. response.Unserved.Select(model => new UnservedModel(model.Id, model.Reason, model.IsDefault) { Aliases = [.. model.Aliases] })]);

    private static V1.GraphModel ToProto(GraphDescription graph) => new()
    {
        Model = graph.Model.ToProto(),
        Aliases = { graph.Aliases },
        Version = graph.Version,
        Inputs = { graph.Inputs.Select(NamedTensorMapping.ToProto) },
        Outputs = { graph.Outputs.Select(NamedTensorMapping.ToProto) },
        MaxBatchRows = graph.MaxBatchRows,
        LimitsRequests = graph.LimitsRequests,
    };

    private static GraphDescription ToDomain(V1.GraphModel graph) => new(
        graph.Model.ToDomain(),
        graph.Version,
        [.. graph.Inputs.Select(NamedTensorMapping.ToDomain)],
        [.. graph.Outputs.Select(NamedTensorMapping.ToDomain)],
        graph.MaxBatchRows,
        graph.LimitsRequests)
    {
        Aliases = [.. graph.Aliases],
    };
}
