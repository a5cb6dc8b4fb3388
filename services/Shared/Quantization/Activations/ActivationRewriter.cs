using Sensorium.Quantization.Graphs;
using Sensorium.Quantization.Onnx;
using Sensorium.Quantization.Ranges;
using Sensorium.Quantization.Weights;

namespace Sensorium.Quantization.Activations;

/// <summary>
/// Writes what a plan has chosen as pairs of QuantizeLinear and DequantizeLinear, the form that runtimes turn into kernels of eight bits.
/// Scales are constants, so that a row does not depend on its company.
/// </summary>
internal sealed class ActivationRewriter(EditableGraph graph, IReadOnlyDictionary<string, ValueRange> ranges)
{
    private const string Quantize = "QuantizeLinear";
    private const string Dequantize = "DequantizeLinear";

    // The first operator set with a scale for each channel.
    private const int OperatorSet = 13;

    public void Rewrite(ActivationPlan plan)
    {
        graph.Require("", OperatorSet);
        foreach (var product in plan.Products)
        {
            RewriteWeights(product);
        }

        foreach (var tensor in plan.Tensors)
        {
            RewriteTensor(tensor);
        }
    }

    private void RewriteTensor(string tensor)
    {
        var (scale, zero, quantized, restored) = ($"{tensor}_scale", $"{tensor}_zero_point", $"{tensor}_quantized", $"{tensor}_dequantized");
        graph.Add(Tensors.Of(scale, ranges[tensor].Scale));
        graph.Add(Tensors.Of(zero, ranges[tensor].Zero));
        foreach (var consumer in graph.Consumers(tensor))
        {
            Redirect(consumer, tensor, restored);
        }

        graph.InsertAfter(graph.Producer(tensor), [
            Nodes.Make(Quantize, [tensor, scale, zero], quantized),
            Nodes.Make(Dequantize, [quantized, scale, zero], restored),
        ]);
    }

    // Weights get a scale for each channel of the result; the bias, in 32 bits, those of its sums.
    private void RewriteWeights(NodeProto product)
    {
        var name = product.Output[0];
        var weights = graph.Constant(product.Input[1])!;
        var axis = product.Is("Conv") || product.Integer("transB", 0) == 1 ? 0 : 1;
        var (values, scales) = ChannelWeights.Quantize(weights, axis);
        graph.Add(Tensors.Of($"{name}_weight", values, [.. weights.Dims]));
        Restore(product, 1, $"{name}_weight", scales, Tensors.Of($"{name}_weight_zero_point", new sbyte[scales.Length], scales.Length), axis);
        if (product.InputAt(2) is { } bias)
        {
            var input = ranges[product.Input[0]].Scale;
            float[] sums = [.. scales.Select(scale => scale * input)];
            int[] rounded = [.. graph.Constant(bias)!.Floats().Zip(sums, (value, scale) => (int)Math.Clamp(Math.Round((double)value / scale), int.MinValue, int.MaxValue))];
            graph.Add(Tensors.Of($"{name}_bias", rounded, rounded.Length));
            Restore(product, 2, $"{name}_bias", sums, Tensors.Of($"{name}_bias_zero_point", new int[sums.Length], sums.Length), 0);
        }
    }

    private void Restore(NodeProto product, int input, string constant, float[] scales, TensorProto zero, int axis)
    {
        graph.Add(Tensors.Of($"{constant}_scale", scales, scales.Length));
        graph.Add(zero);
        product.Input[input] = $"{constant}_dequantized";
        graph.InsertAfter(null, [Nodes.Make(Dequantize, [constant, $"{constant}_scale", zero.Name], $"{constant}_dequantized", "", ("axis", axis))]);
    }

    private static void Redirect(NodeProto node, string from, string to)
    {
        for (var i = 0; i < node.Input.Count; i++)
        {
            node.Input[i] = node.Input[i] == from ? to : node.Input[i];
        }
    }
}
