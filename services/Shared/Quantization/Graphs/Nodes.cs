using Sensorium.Quantization.Onnx;

namespace Sensorium.Quantization.Graphs;

/// <summary>Nodes of graphs: making them, and reading their attributes.</summary>
internal static class Nodes
{
    public static NodeProto Make(string type, string[] inputs, string output, string domain = "", params (string Name, long Value)[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = output, Domain = domain, Output = { output } };
        node.Input.AddRange(inputs);
        node.Attribute.AddRange(attributes.Select(attribute => new AttributeProto { Name = attribute.Name, I = attribute.Value, Type = ElementType.IntegerAttribute }));
        return node;
    }

    public static bool Is(this NodeProto node, string type) => node.OpType == type && node.Domain is "" or "ai.onnx";

    public static long Integer(this NodeProto node, string name, long otherwise) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { } found ? found.I : otherwise;

    public static float Number(this NodeProto node, string name, float otherwise) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name) is { } found ? found.F : otherwise;

    /// <summary>Of a Gemm: its left side is not transposed, and nothing is scaled.</summary>
    public static bool IsPlain(this NodeProto gemm) =>
        gemm.Integer("transA", 0) == 0 && gemm.Number("alpha", 1) == 1 && gemm.Number("beta", 1) == 1;

    /// <summary>An optional input that is left out is not there, or has no name.</summary>
    public static string? InputAt(this NodeProto node, int index) => index < node.Input.Count && node.Input[index].Length > 0 ? node.Input[index] : null;
}
