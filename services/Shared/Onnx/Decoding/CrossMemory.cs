using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding;

/// <summary>Cross-attention keys and values of one request: per layer and kind [heads, padded tokens, head width].</summary>
internal sealed class CrossMemory(int tokens, int paddedTokens, NativeTensor<float>[] tensors) : IDecoderMemory
{
    public int Tokens { get; } = tokens;

    public int PaddedTokens { get; } = paddedTokens;

    public long Bytes { get; } = tensors.Sum(tensor => (long)tensor.RowLength * sizeof(float));

    public ReadOnlySpan<float> Tensor(int index) => tensors[index].Row(0);

    public void Dispose()
    {
        foreach (var tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
