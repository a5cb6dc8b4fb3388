using Sensorium.Quantization.Graphs;
using Sensorium.Quantization.Onnx;

namespace Sensorium.Quantization.Activations;

/// <summary>Which products of a graph are computed in eight bits, and which tensors are brought to eight bits for that.</summary>
internal sealed class ActivationPlan
{
    private const int Matrix = 2;

    private readonly EditableGraph _graph;
    private readonly List<NodeProto> _products = [];
    private readonly List<string> _tensors = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    // Outputs of convolutions and of the sums between them, which stay in eight bits.
    private readonly HashSet<string> _convolved = new(StringComparer.Ordinal);

    public ActivationPlan(EditableGraph graph)
    {
        _graph = graph;
        foreach (var node in graph.Nodes)
        {
            if (IsProduct(node))
            {
                _products.Add(node);
                Take(node.Input[0]);
                if (node.Is("Conv"))
                {
                    TakeConvolved(node);
                }
            }
            else if (IsSumOfConvolutions(node))
            {
                Array.ForEach([.. node.Input], Take);
                TakeConvolved(node);
            }
        }
    }

    /// <summary>Products of what is computed with weights.</summary>
    public IReadOnlyList<NodeProto> Products => _products;

    /// <summary>In the order of the graph.</summary>
    public IReadOnlyList<string> Tensors => _tensors;

    private bool IsProduct(NodeProto node) => node.OpType switch
    {
        "MatMul" when node.Is("MatMul") => HasWeights(node, rank => rank == Matrix),
        "Gemm" when node.Is("Gemm") => HasWeights(node, rank => rank == Matrix) && HasPlainBias(node) && node.IsPlain(),
        "Conv" when node.Is("Conv") => HasWeights(node, rank => rank > Matrix) && HasPlainBias(node) && !_graph.IsNamedElsewhere(ResultOf(node)),
        _ => false,
    };

    private bool HasWeights(NodeProto node, Func<int, bool> isOfRank) =>
        _graph.Constant(node.Input[0]) is null && _graph.Constant(node.Input[1]) is { } weights && weights.IsReadable() && isOfRank(weights.Dims.Count);

    // One number for each channel, or none.
    private bool HasPlainBias(NodeProto node) =>
        node.InputAt(2) is not { } bias || (_graph.Constant(bias) is { } constant && constant.IsReadable() && constant.Dims.Count == 1);

    private bool IsSumOfConvolutions(NodeProto node) =>
        node.Is("Add") && node.Input.All(_convolved.Contains) && !_graph.IsNamedElsewhere(ResultOf(node));

    private void TakeConvolved(NodeProto node)
    {
        var result = ResultOf(node);
        _convolved.Add(result);
        Take(result);
    }

    // A rectifier alone behind a node is part of its eight-bit form.
    private string ResultOf(NodeProto node)
    {
        var output = node.Output[0];
        return !_graph.IsNamedElsewhere(output) && _graph.Consumers(output) is [{ } only] && only.Is("Relu") ? only.Output[0] : output;
    }

    private void Take(string tensor)
    {
        if (_known.Add(tensor))
        {
            _tensors.Add(tensor);
        }
    }
}
