using Sensorium.Quantization.Activations;
using Sensorium.Quantization.Graphs;
using Sensorium.Quantization.Ranges;
using Sensorium.Quantization.Weights;

namespace Sensorium.Quantization;

/// <summary>
/// Brings graphs to eight bits, from file to file. Their constants must be folded: products are found whose weights are constants of single precision.
/// </summary>
public static class GraphRewriting
{
    /// <summary>Tensors whose ranges <see cref="ToEightBits"/> needs; none where nothing can be brought to eight bits.</summary>
    public static IReadOnlyList<string> TensorsOf(string path) => new ActivationPlan(EditableGraph.Read(path)).Tensors;

    /// <summary>Writes a graph that gives these tensors, too.</summary>
    public static void Observe(string path, IEnumerable<string> tensors, string target)
    {
        var graph = EditableGraph.Read(path);
        foreach (var tensor in tensors)
        {
            graph.Observe(tensor);
        }

        graph.Write(target);
    }

    /// <summary>Weights and what is multiplied with them, at scales that are constants. Answers the number of products and tables.</summary>
    /// <exception cref="QuantizationException">The graph is older than the operators that are needed.</exception>
    public static int ToEightBits(string path, IReadOnlyDictionary<string, ValueRange> ranges, string target)
    {
        var graph = EditableGraph.Read(path);
        var plan = new ActivationPlan(graph);
        new ActivationRewriter(graph, ranges).Rewrite(plan);
        var tables = new TableRewriter(graph).Rewrite();
        graph.RemoveUnusedConstants();
        graph.Write(target);
        return plan.Products.Count + tables;
    }

    /// <summary>Weights alone. Answers how many.</summary>
    public static int WeightsToEightBits(string path, string target)
    {
        var graph = EditableGraph.Read(path);
        var count = new WeightRewriter(graph).Rewrite() + new TableRewriter(graph).Rewrite();
        graph.RemoveUnusedConstants();
        graph.Write(target);
        return count;
    }
}
