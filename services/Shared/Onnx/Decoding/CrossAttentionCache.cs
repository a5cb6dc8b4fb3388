using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding;

/// <summary>
/// Cross-attention keys and values of one request: one row per layer and kind, [heads, padded tokens, head width]. All in one
/// block, which is large enough to go back to the system when it is freed.
/// </summary>
internal sealed class CrossAttentionCache(FeatureSequence features, int paddedTokens, NativeTensor<float> tensors) : ICrossAttentionCache
{
    public FeatureSequence Features => features;

    public int Tokens => features.Tokens;

    public int PaddedTokens { get; } = paddedTokens;

    public long Bytes { get; } = (long)tensors.Rows * tensors.RowLength * sizeof(float);

    public ReadOnlySpan<float> Tensor(int index) => tensors.Row(index);

    public void Dispose() => tensors.Dispose();
}
