using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Batching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>What all encoders on ONNX Runtime share; one small class per form of input says how a batch is fed.</summary>
internal abstract class OnnxEncoderModel(EncoderGraph graph, ModelIdentity identity, int maxBatchSize) : IEncoderModel
{
    // Models give vectors of length 1; one that is off by more than float16 rounding is scaled here.
    private const float LengthTolerance = 1e-3f;

    public ModelIdentity Identity => identity;

    public int EmbeddingWidth => graph.EmbeddingWidth;

    public int FeatureWidth => graph.FeatureWidth;

    public int MaxBatchSize => maxBatchSize;

    public SimilarityScale? Similarity { get; init; }

    public ModelLabels? Labels { get; init; }

    protected EncoderGraph Graph => graph;

    public abstract string ShapeKeyOf(ModelInput input);

    public IPreparedBatch<ModelOutput> Prepare(IReadOnlyList<EncoderInput> inputs) =>
        new PreparedBatch(this, inputs, Feed([.. inputs.Select(input => input.Input)]));

    public bool Probe()
    {
        using var batch = Prepare([new EncoderInput(Sample(), WithFeatures: true)]);
        batch.Run();
        return true;
    }

    public void Relieve()
    {
        if (graph.Session.IsOnCpu)
        {
            OnnxMemoryRelief.ShrinkSharedArena();
        }
        else
        {
            RelieveByRun();
        }
    }

    /// <summary>An arena of the session's own is shrunk at the end of a run of it.</summary>
    internal void RelieveByRun() => graph.Shrink(() => Probe());

    public virtual void Dispose() => graph.Dispose();

    /// <summary>Fills the graph's inputs with rows of one shape.</summary>
    protected abstract EncoderFeed Feed(IReadOnlyList<ModelInput> inputs);

    /// <summary>An input that is good beyond doubt.</summary>
    protected abstract ModelInput Sample();

    /// <summary>How the tokens of an input lie; none where a decoder need not know.</summary>
    protected virtual IReadOnlyList<TokenGrid> GridsOf(ModelInput input) => [];

    protected static string KeyOf(IReadOnlyList<int> shape) =>
        string.Join('x', shape.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    private ReadOnlyMemory<float> Scaled(ReadOnlyMemory<float> vector)
    {
        var length = TensorPrimitives.Norm(vector.Span);
        if (!float.IsFinite(length) || length == 0)
        {
            throw new InvalidOperationException($"the model gave a vector of length {length}");
        }

        if (graph.KeepsLength || Math.Abs(length - 1) <= LengthTolerance)
        {
            return vector;
        }

        var scaled = new float[vector.Length];
        TensorPrimitives.Divide(vector.Span, length, scaled);
        return scaled;
    }

    private sealed class PreparedBatch(OnnxEncoderModel model, IReadOnlyList<EncoderInput> inputs, EncoderFeed feed) : IPreparedBatch<ModelOutput>
    {
        public IReadOnlyList<ModelOutput> Run()
        {
            feed.RunBefore?.Invoke();
            var graph = model.Graph;
            var pools = graph.Embedding == graph.Tokens;
            var withTokens = graph.Tokens is not null && (pools || inputs.Any(input => input.WithFeatures));
            var outputs = graph.Run(
                feed.Names, [.. feed.Tensors.Select(tensor => tensor!.Value)], inputs.Count * feed.RowsPerInput, feed.ShapeKey,
                pools ? [graph.Tokens!] : withTokens ? [graph.Embedding, graph.Tokens!] : [graph.Embedding]);
            try
            {
                var tokens = withTokens ? outputs[^1].Read() : default;
                var embeddings = pools ? default : outputs[0].Read();
                return [.. inputs.Select((input, row) => new ModelOutput(
                    VectorOf(pools, Own(input.Input, pools, Row(pools ? tokens : embeddings, row, inputs.Count))),
                    input.WithFeatures ? Features(input.Input, Row(withTokens ? tokens : embeddings, row, inputs.Count)) : null))];
            }
            finally
            {
                Array.ForEach(outputs, output => output.Dispose());
            }
        }

        public void Dispose() => feed.Dispose();

        // Each row's vector counts alike, however long it is.
        private ReadOnlyMemory<float> VectorOf(bool pools, ReadOnlyMemory<float> rows)
        {
            if (feed.RowsPerInput == 1)
            {
                return model.Scaled(pools ? Pooled(rows.Span) : rows);
            }

            var vectors = new float[feed.RowsPerInput * model.EmbeddingWidth];
            for (var row = 0; row < feed.RowsPerInput; row++)
            {
                var own = Row(rows, row, feed.RowsPerInput);
                model.Scaled(pools ? Pooled(own.Span) : own).Span.CopyTo(vectors.AsSpan(row * model.EmbeddingWidth));
            }

            return model.Scaled(TokenPooling.Apply(Pooling.Mean, vectors, model.EmbeddingWidth));
        }

        // Padding stands behind a text's own tokens, and is no part of its vector.
        private ReadOnlyMemory<float> Own(ModelInput input, bool pools, ReadOnlyMemory<float> row) =>
            pools && input is TokenInput text ? row[..(text.Ids.Length * model.FeatureWidth)] : row;

        private float[] Pooled(ReadOnlySpan<float> tokens) => TokenPooling.Apply(model.Graph.Pooling, tokens, model.FeatureWidth);

        private static ReadOnlyMemory<float> Row(ReadOnlyMemory<float> data, int row, int rows) =>
            data.Slice(row * (data.Length / rows), data.Length / rows);

        // Padding gives rows that mean nothing; they stand behind the text's own.
        private FeatureSequence Features(ModelInput input, ReadOnlyMemory<float> data)
        {
            var count = input is TokenInput text && model.Graph.Tokens is not null ? text.Ids.Length : data.Length / model.FeatureWidth;
            var features = new FeatureSequence(count, model.FeatureWidth, data[..(count * model.FeatureWidth)]) { Grids = model.GridsOf(input) };
            return features.IsMalformed
                ? throw new InvalidOperationException($"the model gave {count} tokens where {features.Grids.Sum(grid => grid.Tokens)} were expected")
                : features;
        }
    }
}
