namespace Sensorium.Core.Generation.Decoding;

/// <summary>
/// Sequences that step together. Rows are 0…<see cref="Rows"/>−1 without holes; each holds its cross-attention
/// cache and the self-attention cache of the tokens that it has been fed.
/// </summary>
public interface IDecodeBatch : IDisposable
{
    int Rows { get; }

    /// <summary>One row apart from the others, in which a prompt is read piece by piece while they step. It ends with this batch.</summary>
    IDecodeBatch Aside { get; }

    /// <summary>Appends a row that attends to <paramref name="cache"/>. It is of the same backend, and may be disposed afterwards.</summary>
    /// <param name="prompt">Tokens that the row is fed before those of its first run.</param>
    void Add(ICrossAttentionCache cache, ReadOnlySpan<int> prompt = default);

    /// <summary>Takes a row out; the last row moves into its place. Nothing else moves.</summary>
    void Remove(int row);

    /// <summary>Gives a row the cached tokens of another. Both attend to the same media.</summary>
    void CopyTokens(int fromRow, int toRow);

    /// <summary>Gives a row the cached tokens of the one <see cref="Aside"/>, which attends to the same media.</summary>
    void TakeTokensFromAside(int toRow);

    /// <summary>Feeds rows <paramref name="firstRow"/>… with the same number of tokens each. If it throws, no row has changed.</summary>
    /// <param name="tokens">[rowCount, tokens.Length / rowCount], row major.</param>
    void Run(int firstRow, int rowCount, ReadOnlySpan<int> tokens);

    /// <summary>[vocabulary]: what follows the last token that the row was fed. Valid until its next run and until rows move.</summary>
    ReadOnlySpan<float> Logits(int row);

    /// <summary>
    /// Where the decoder <see cref="DecoderShape.Explains"/>: cross-attention of that token, mean over heads and layers. <paramref name="weights"/> is [cached feature tokens] and sums to 1.
    /// </summary>
    void ReadAttention(int row, Span<float> weights);

    /// <summary>
    /// Where the decoder <see cref="DecoderShape.ShowsHeads"/>: cross-attention of all tokens of the row's latest run, head by head.
    /// </summary>
    void ReadHeads(int row, HeadWeights target) => throw new NotSupportedException("This decoder does not show its heads.");
}
