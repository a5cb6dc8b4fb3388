using Sensorium.Quantization.Graphs;
using Sensorium.Quantization.Onnx;

namespace Sensorium.Quantization.Weights;

/// <summary>
/// Brings large matrices to eight bits and leaves what is computed as it is: in blocks, each with its scale.
/// Rows are brought to eight bits one by one while the graph runs, so that none depends on its company.
/// </summary>
internal sealed class WeightRewriter(EditableGraph graph)
{
    private const string Domain = "com.microsoft";
    private const int Bits = 8;

    // Products in whole numbers, where the runtime has kernels for them.
    private const int WholeNumbers = 4;

    /// <summary>How many have been brought to eight bits.</summary>
    public int Rewrite()
    {
        var count = 0;
        foreach (var node in graph.Nodes.ToArray())
        {
            if (ProductOf(node) is { } weights)
            {
                graph.Replace(node, Multiply(node, weights));
                count++;
            }
        }

        if (count > 0)
        {
            graph.Require(Domain, 1);
        }

        return count;
    }

    private TensorProto? ProductOf(NodeProto node) =>
        node.Is("MatMul") || (node.Is("Gemm") && node.IsPlain())
            ? graph.LargeMatrix(node.Input[1])
            : null;

    private IEnumerable<NodeProto> Multiply(NodeProto node, TensorProto weights)
    {
        var output = node.Output[0];
        var blocks = BlockWeights.Quantize(weights, isTransposed: node.Integer("transB", 0) == 1);
        graph.Add(Tensors.Of($"{output}_weight", blocks.Values, blocks.Columns, blocks.Count, blocks.Size));
        graph.Add(Tensors.Of($"{output}_weight_scale", blocks.Scales, blocks.Columns, blocks.Count));
        var bias = node.InputAt(2);
        var product = bias is null ? output : $"{output}_product";
        yield return Nodes.Make(
            "MatMulNBits",
            [node.Input[0], $"{output}_weight", $"{output}_weight_scale"],
            product,
            Domain,
            ("K", blocks.Rows), ("N", blocks.Columns), ("bits", Bits), ("block_size", blocks.Size), ("accuracy_level", WholeNumbers));
        if (bias is not null)
        {
            yield return Nodes.Make("Add", [product, bias], output);
        }
    }
}
