using Sensorium.Quantization.Graphs;
using Sensorium.Quantization.Onnx;

namespace Sensorium.Quantization.Weights;

/// <summary>Brings tables of vectors to eight bits, with a scale for each row; a row and its scale are looked up alike.</summary>
internal sealed class TableRewriter(EditableGraph graph)
{
    /// <summary>How many have been brought to eight bits.</summary>
    public int Rewrite()
    {
        NodeProto[] nodes = [.. graph.Nodes.Where(node => node.Is("Gather") && node.Integer("axis", 0) == 0 && graph.LargeMatrix(node.Input[0]) is not null)];
        foreach (var node in nodes)
        {
            graph.Replace(node, Look(node, graph.LargeMatrix(node.Input[0])!));
        }

        return nodes.Length;
    }

    private IEnumerable<NodeProto> Look(NodeProto node, TensorProto table)
    {
        var output = node.Output[0];
        var (values, scales) = ChannelWeights.Quantize(table, axis: 0);
        graph.Add(Tensors.Of($"{table.Name}_rows", values, [.. table.Dims]));
        graph.Add(Tensors.Of($"{table.Name}_row_scales", scales, scales.Length, 1));
        yield return Nodes.Make("Gather", [$"{table.Name}_rows", node.Input[1]], $"{output}_bytes");
        yield return Nodes.Make("Gather", [$"{table.Name}_row_scales", node.Input[1]], $"{output}_scales");
        yield return Nodes.Make("Cast", [$"{output}_bytes"], $"{output}_numbers", "", ("to", ElementType.Single));
        yield return Nodes.Make("Mul", [$"{output}_numbers", $"{output}_scales"], output);
    }
}
