using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding;

/// <summary>A decoder whose step graph reads a cache of fixed capacity, in ONNX Runtime.</summary>
/// <param name="runsRowsApart">For graphs whose arithmetic looks across the batch: each row runs alone.</param>
internal sealed class OnnxDecoder(DecoderGraphs graphs, ModelIdentity identity, bool runsRowsApart) : IDecoderBackend
{
    private readonly RunOptions _options = new();

    public ModelIdentity Identity { get; } = identity;

    public DecoderShape Shape => graphs.Shape;

    public ICrossAttentionCache Read(FeatureSequence fused)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fused.Tokens, 1);
        var padded = PaddedLength.Of(fused.Tokens);
        using var features = new NativeTensor<float>(1, padded * Shape.FeatureWidth);
        fused.Data.Span.CopyTo(features.Row(0));
        var tensors = new NativeTensor<float>(graphs.PresentCross.Count, graphs.Heads * padded * graphs.HeadWidth);
        var cache = new CrossAttentionCache(fused, padded, tensors);
        try
        {
            Project(features, tensors, padded);
            return cache;
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    public IDecodeBatch CreateBatch(int paddedTokens, int maxRows) => new OnnxDecodeBatch(graphs, paddedTokens, maxRows, runsRowsApart);

    public void WarmUp()
    {
        using var cache = Read(new FeatureSequence(1, Shape.FeatureWidth, new float[Shape.FeatureWidth]));
        using var batch = CreateBatch(cache.PaddedTokens, 2);
        batch.Add(cache);
        batch.Run(0, 1, [0, 0]);
        batch.Add(cache);
        batch.Run(0, 2, [0, 0]);
    }

    public void Dispose()
    {
        _options.Dispose();
        graphs.Dispose();
    }

    private void Project(NativeTensor<float> features, NativeTensor<float> tensors, int padded)
    {
        using var input = features.View(0, 1, padded, Shape.FeatureWidth);
        OrtValue[] outputs = [.. Enumerable.Range(0, tensors.Rows).Select(row => tensors.View(row, 1, graphs.Heads, padded, graphs.HeadWidth))];
        try
        {
            graphs.CrossKv.Session.Run(_options, [DecoderGraphs.EncoderStates], [input], graphs.PresentCross, outputs);
        }
        finally
        {
            Array.ForEach(outputs, output => output.Dispose());
        }
    }
}
