using Sensorium.Core.Models.Running;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>What graphs declare.</summary>
internal static class GraphMapping
{
    public static V1.ModelGraph ToProto(this GraphFacts graph) => new()
    {
        Name = graph.Name,
        Variant = graph.Variant,
        Variants = { graph.Variants },
        SizeBytes = graph.SizeBytes,
        Inputs = { graph.Inputs.Select(ToProto) },
        Outputs = { graph.Outputs.Select(ToProto) },
    };

    public static GraphFacts ToDomain(this V1.ModelGraph graph) => new(
        graph.Name, graph.Variant, [.. graph.Variants], graph.SizeBytes, [.. graph.Inputs.Select(ToDomain)], [.. graph.Outputs.Select(ToDomain)]);

    private static V1.ModelTensor ToProto(TensorFacts tensor) => new() { Name = tensor.Name, Type = tensor.Type, Dimensions = { tensor.Dimensions } };

    private static TensorFacts ToDomain(V1.ModelTensor tensor) => new(tensor.Name, tensor.Type, [.. tensor.Dimensions]);
}
