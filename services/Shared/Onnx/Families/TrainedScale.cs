using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>What similarities were trained to be scaled with: numbers among the weights of the graph of both halves, which is not run.</summary>
internal static class TrainedScale
{
    private const string BothGraph = "model";
    private const string Bias = "logit_bias";

    /// <summary>Null if the export has no such graph, or the graph no such number.</summary>
    /// <param name="part">Of the export.</param>
    /// <param name="logarithm">Name of the scale's logarithm.</param>
    public static SimilarityScale? Of(EncoderPart part, string logarithm)
    {
        if (part.VariantsOf(BothGraph) is not [var variant, ..])
        {
            return null;
        }

        var numbers = GraphNumbers.Read(part.GetGraph(BothGraph, variant).Path, logarithm, Bias);
        return numbers.TryGetValue(logarithm, out var scale)
            ? new SimilarityScale(MathF.Exp(scale), numbers.TryGetValue(Bias, out var bias) ? bias : null)
            : null;
    }
}
