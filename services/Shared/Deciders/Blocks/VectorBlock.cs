using System.Numerics.Tensors;
using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Blocks;

/// <summary>The vector of the media of one modality, each place centred and scaled by what was taught.</summary>
/// <param name="Part">Name of the modality.</param>
internal sealed record VectorBlock(string Part, float[] Mean, float[] Scale) : IBlock
{
    private const string Suffix = ":vector";

    public string Name => Part + Suffix;

    public int Width => Mean.Length;

    public static IEnumerable<VectorBlock> FitAll(IReadOnlyList<TaughtCase> cases) =>
        from part in cases.SelectMany(taught => taught.Case.Vectors.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray()
        select Fit(part, [.. cases.Select(taught => taught.Case.Vectors.GetValueOrDefault(part)).OfType<float[]>()]);

    public FeatureRow? Read(DecisionCase given)
    {
        if (!given.Vectors.TryGetValue(Part, out var vector))
        {
            return null;
        }

        var row = new float[Width];
        TensorPrimitives.Subtract(vector, Mean, row);
        TensorPrimitives.Multiply(row, Scale, row);
        return new FeatureRow(null, row);
    }

    public IEnumerable<PieceWeight> Pieces(DecisionCase given, ReadOnlyMemory<float> weights) => [];

    private static VectorBlock Fit(string part, float[][] vectors)
    {
        var (mean, square) = (new float[vectors[0].Length], new float[vectors[0].Length]);
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(mean, vector, mean);
        }

        TensorPrimitives.Divide(mean, vectors.Length, mean);
        foreach (var vector in vectors)
        {
            for (var i = 0; i < square.Length; i++)
            {
                square[i] += (vector[i] - mean[i]) * (vector[i] - mean[i]);
            }
        }

        // A whole vector is then of about length 1, as the rows of other blocks are.
        var width = MathF.Sqrt(square.Length);
        return new VectorBlock(part, mean, [.. square.Select(sum => MathF.Sqrt(sum / vectors.Length)).Select(spread => spread > 1e-6f ? 1 / (spread * width) : 0)]);
    }
}
