using System.Numerics;

namespace Sensorium.Onnx.Decoding;

/// <summary>
/// Lengths that cross-attention caches are padded to: powers of two and one and a half times them. Few enough that requests of similar
/// size share a batch, close enough that no more than a third of the attention is spent on padding.
/// </summary>
internal static class PaddedLength
{
    private const int Shortest = 16;

    public static int Of(int tokens)
    {
        if (tokens <= Shortest)
        {
            return Shortest;
        }

        var power = (int)BitOperations.RoundUpToPowerOf2((uint)tokens);
        var between = power / 4 * 3;
        return tokens <= between ? between : power;
    }
}
