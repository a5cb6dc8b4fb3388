namespace Sensorium.Core.Generation.Decoding;

/// <summary>What certain heads looked at, token by token: the weights of cross-attention.</summary>
/// <param name="heads">Layer and head.</param>
public sealed class HeadWeights(IReadOnlyList<(int Layer, int Head)> heads)
{
    public IReadOnlyList<(int Layer, int Head)> Heads { get; } = heads;

    /// <summary>Of each token that was fed, prompt included: one row for each head, [encoder tokens].</summary>
    public List<float[][]> Tokens { get; } = [];
}
