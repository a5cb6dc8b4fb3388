using Sensorium.Core.Encoding;

namespace Sensorium.Core.Generation.Decoding;

/// <summary>A loaded decoder. What it computes for a row depends on that row alone, whatever else is in the batch.</summary>
public interface IDecoderBackend : IDisposable
{
    ModelIdentity Identity { get; }

    DecoderShape Shape { get; }

    /// <summary>Computes the keys and values of the media, which all steps of a request share. Safe to call from several threads, beside running batches.</summary>
    /// <param name="fused">[tokens, <see cref="DecoderShape.FeatureWidth"/>], at least one token.</param>
    ICrossAttentionCache Read(FeatureSequence fused);

    /// <summary>The same of media and a prompt, where the decoder <see cref="DecoderShape.ReadsPromptWithMedia"/>.</summary>
    /// <param name="prompt">Its tokens, with those that frame it.</param>
    ICrossAttentionCache Read(FeatureSequence fused, IReadOnlyList<int> prompt) => throw new NotSupportedException("This decoder continues its prompt.");

    /// <summary>An empty batch for cross-attention caches of one padded length. Its calls come from one thread.</summary>
    IDecodeBatch CreateBatch(int paddedTokens, int maxRows);

    /// <summary>Runs every graph once, so that the first request does not pay for it.</summary>
    void WarmUp();
}
