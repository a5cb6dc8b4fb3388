namespace Sensorium.Onnx.Decoding;

/// <summary>Tokens going into a run of <see cref="Tokens"/> tokens a row, and what comes out of it.</summary>
internal sealed class StepBuffers : IDisposable
{
    public StepBuffers(DecoderGraphs graphs, int paddedTokens, int maxRows, int tokens)
    {
        Tokens = tokens;
        InputIds = new NativeTensor<long>(maxRows, tokens);
        Logits = new NativeTensor<float>(maxRows, tokens * graphs.Shape.VocabularySize);
        Present = graphs.WritesInPlace
            ? null
            : [.. graphs.PresentOwn.Select(_ => new NativeTensor<float>(maxRows, graphs.Heads * tokens * graphs.HeadWidth))];
        Attention = graphs.Shape.Explains ? new NativeTensor<float>(maxRows, graphs.Layers * tokens * paddedTokens) : null;
    }

    public int Tokens { get; }

    public NativeTensor<long> InputIds { get; }

    public NativeTensor<float> Logits { get; }

    /// <summary>New keys and values per layer and kind; null where the step writes them into the cache itself.</summary>
    public NativeTensor<float>[]? Present { get; }

    public NativeTensor<float>? Attention { get; }

    public void Dispose()
    {
        InputIds.Dispose();
        Logits.Dispose();
        Array.ForEach(Present ?? [], tensor => tensor.Dispose());
        Attention?.Dispose();
    }
}
