using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>A decoder of one sequence, media within it, in ONNX Runtime.</summary>
/// <param name="mediaToken">The token in whose places vectors of media stand; null if it reads none.</param>
/// <param name="runsRowsApart">For graphs whose arithmetic looks across the batch: each row runs alone.</param>
internal sealed class CausalDecoder(CausalGraphs graphs, ModelIdentity identity, int? mediaToken, bool runsRowsApart) : IDecoderBackend
{
    public ModelIdentity Identity { get; } = identity;

    public DecoderShape Shape => graphs.Shape;

    /// <summary>Media are read with the prompt; until then they stay as they are.</summary>
    public ICrossAttentionCache Read(FeatureSequence fused) => graphs.ReadsPlaces && fused.Tokens > 0 && fused.Grids.Count == 0
        ? throw SensoriumException.ModelFault($"The decoder needs to know how the {fused.Tokens} vectors of media lie, and their encoder does not say.")
        : new MediaVectors(fused);

    public IDecodeBatch CreateBatch(int paddedTokens, int maxRows) => new CausalDecodeBatch(graphs, maxRows, mediaToken, runsRowsApart);

    public void WarmUp()
    {
        using var features = Read(new FeatureSequence(0, Shape.FeatureWidth, ReadOnlyMemory<float>.Empty));
        using var batch = CreateBatch(0, 2);
        batch.Add(features);
        batch.Run(0, 1, [0, 0]);
        batch.Run(0, 1, [0]);
        batch.Add(features);
        batch.Run(1, 1, [0]);
        batch.Run(0, 2, [0, 0]);
    }

    public void Dispose() => graphs.Dispose();
}

/// <summary>Vectors that stand in the places of tokens. All conversations share a batch, whatever media they bring.</summary>
internal sealed class MediaVectors(FeatureSequence features) : ICrossAttentionCache
{
    public FeatureSequence Features => features;

    public int Tokens => features.Tokens;

    public int PaddedTokens => 0;

    /// <summary>Nothing beside the features.</summary>
    public long Bytes => 0;

    public void Dispose()
    {
    }
}
