using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>A decoder whose cache grows inside the graph, in ONNX Runtime.</summary>
/// <param name="runsRowsApart">For graphs whose arithmetic looks across the batch: each row runs alone.</param>
/// <param name="prompts">Reads prompts with the media; null where the decoder continues them.</param>
internal sealed class GrowingDecoder(GrowingGraphs graphs, ModelIdentity identity, bool runsRowsApart, PromptEncoder? prompts = null) : IDecoderBackend
{
    public ModelIdentity Identity { get; } = identity;

    public DecoderShape Shape => graphs.Shape;

    /// <summary>The first step of a request computes keys and values of its media, in the same run as its logits.</summary>
    public ICrossAttentionCache Read(FeatureSequence fused)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fused.Tokens, 1);
        return new EncodedFeatures(fused);
    }

    public ICrossAttentionCache Read(FeatureSequence fused, IReadOnlyList<int> prompt) => prompts is null
        ? throw new NotSupportedException("This decoder continues its prompt.")
        : Read(prompts.Read(fused, prompt, graphs.Embed!));

    public IDecodeBatch CreateBatch(int paddedTokens, int maxRows) => new GrowingDecodeBatch(graphs, paddedTokens, maxRows, runsRowsApart);

    public void WarmUp()
    {
        var tokens = Math.Max(1, graphs.EncoderStates.Dimensions[1]);
        var fused = new FeatureSequence(tokens, Shape.FeatureWidth, new float[tokens * Shape.FeatureWidth]);
        using var features = prompts is null ? Read(fused) : Read(fused with { Tokens = 1, Data = fused.Data[..Shape.FeatureWidth] }, [.. Enumerable.Repeat(0, tokens - 1)]);
        using var batch = CreateBatch(tokens, 2);
        batch.Add(features);
        batch.Run(0, 1, [0]);
        batch.Add(features, [0]);
        batch.Run(0, 2, [0, 0]);
        batch.Run(0, 2, [0, 0]);
    }

    public void Dispose()
    {
        graphs.Dispose();
        prompts?.Dispose();
    }
}

/// <summary>Media as their encoder gave them; nothing is masked, so only equal lengths share a batch.</summary>
internal sealed class EncodedFeatures(FeatureSequence features) : ICrossAttentionCache
{
    public FeatureSequence Features => features;

    public int Tokens => features.Tokens;

    public int PaddedTokens => features.Tokens;

    /// <summary>Nothing beside the features.</summary>
    public long Bytes => 0;

    public void Dispose()
    {
    }
}
