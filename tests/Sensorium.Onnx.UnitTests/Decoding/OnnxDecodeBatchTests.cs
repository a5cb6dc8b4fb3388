using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Decoding;

public sealed class OnnxDecodeBatchTests : IDisposable
{
    private const int MediaTokens = 20;
    private static readonly OnnxSessionFactory Sessions = new(Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance);
    private readonly OnnxDecoder _decoder = Create(runsRowsApart: false, onCpu: true);

    public void Dispose() => _decoder.Dispose();

    [Fact]
    public void Rows_that_run_apart_give_what_they_give_together()
    {
        using var apart = Create(runsRowsApart: true);

        Assert.Equal(Feed(_decoder, [1, 1, 1], [5, 6, 7]), Feed(apart, [1, 1, 1], [5, 6, 7]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_throws_changes_no_row(bool runsRowsApart)
    {
        using var decoder = Create(runsRowsApart);
        using var batch = Fill(decoder, 3);
        batch.Run(0, 3, [1, 1, 1]);

        Assert.ThrowsAny<Exception>(() => batch.Run(0, 3, [5, 6, decoder.Shape.VocabularySize]));
        batch.Run(0, 3, [5, 6, 7]);

        Assert.Equal(Feed(decoder, [1, 1, 1], [5, 6, 7]), Logits(batch));
    }

    [Fact]
    public void Tokens_fed_at_once_and_one_by_one_lead_to_the_same_place()
    {
        using var batch = Fill(_decoder, 1);
        batch.Run(0, 1, [1, 5, 6, 7]);

        var oneByOne = Feed(_decoder, [1], [5], [6], [7])[0];

        Assert.All(batch.Logits(0).ToArray().Zip(oneByOne), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Fact]
    public void Attention_is_a_distribution_over_the_tokens_of_the_memory()
    {
        using var batch = Fill(_decoder, 2);
        batch.Run(1, 1, [1]);
        var weights = new float[MediaTokens];

        batch.ReadAttention(1, weights);

        Assert.Equal(1, weights.Sum(), 1e-4);
        Assert.All(weights, weight => Assert.True(weight > 0));
    }

    [Fact]
    public void The_step_for_processors_and_the_one_for_any_device_give_equal_logits()
    {
        using var portable = Create(runsRowsApart: false, onCpu: false);
        int[][] steps = [[1, 1], [5, 6], [7, 8], [9, 10]];

        foreach (var (expected, got) in Feed(portable, steps).Zip(Feed(_decoder, steps)))
        {
            Assert.All(expected.Zip(got), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_never_grows_over_its_capacity(bool onCpu)
    {
        using var decoder = Create(runsRowsApart: false, onCpu);
        using var batch = Fill(decoder, 1);
        batch.Run(0, 1, [.. Enumerable.Repeat(5, decoder.Shape.Capacity)]);

        Assert.Throws<InvalidOperationException>(() => batch.Run(0, 1, [5]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_not_a_number_leaves_with_its_row(bool onCpu)
    {
        using var decoder = Create(runsRowsApart: false, onCpu);
        using var batch = Fill(decoder, 1);
        using var good = decoder.Read(Features(1, MediaTokens));
        using var bad = decoder.Read(Features(0, MediaTokens) with { Data = Enumerable.Repeat(float.NaN, Features(0, MediaTokens).Data.Length).ToArray() });
        batch.Remove(0);
        batch.Add(bad);
        batch.Run(0, 1, [1]);
        batch.Run(0, 1, [1]);
        Assert.True(float.IsNaN(batch.Logits(0)[0]));

        batch.Remove(0);
        batch.Add(good);
        batch.Run(0, 1, [1]);

        Assert.DoesNotContain(batch.Logits(0).ToArray(), float.IsNaN);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        using var batch = Fill(_decoder, 2);
        using var sameLength = _decoder.Read(Features(0, MediaTokens));
        using var longer = _decoder.Read(Features(0, 90));
        batch.Remove(0);

        Assert.Throws<InvalidOperationException>(() => batch.Add(longer));
        batch.Add(sameLength);
        Assert.Throws<InvalidOperationException>(() => batch.Add(sameLength));
    }

    [Fact]
    public void What_another_backend_made_is_refused_by_its_name()
    {
        using var batch = Fill(_decoder, 2);
        using var own = _decoder.Read(Features(0, MediaTokens));
        batch.Remove(0);

        Assert.Contains(nameof(ForeignCache), Assert.Throws<NotSupportedException>(() => batch.Add(new ForeignCache(own.PaddedTokens))).Message, StringComparison.Ordinal);
        Assert.Equal(1, batch.Rows);
    }

    private static OnnxDecoder Create(bool runsRowsApart, bool onCpu = true)
    {
        var part = BundledPack.Instance.Decoder!;
        var options = new OnnxOptions();
        var graphs = new DecoderGraphs(
            part, Sessions.Create(part.GetStep(options.VariantOf(part.StepGraph), onCpu), options), Sessions.Create(part.GetCrossKv(options.VariantOf(part.CrossKvGraph!)), options));
        return new OnnxDecoder(graphs, new ModelIdentity("id", "r", "fp32", "space", "", "cpu", ""), runsRowsApart);
    }

    private static float[][] Feed(OnnxDecoder decoder, params int[][] steps)
    {
        using var batch = Fill(decoder, steps[0].Length);
        foreach (var step in steps)
        {
            batch.Run(0, step.Length, step);
        }

        return Logits(batch);
    }

    private static float[][] Logits(IDecodeBatch batch) => [.. Enumerable.Range(0, batch.Rows).Select(row => batch.Logits(row).ToArray())];

    private static IDecodeBatch Fill(OnnxDecoder decoder, int rows)
    {
        IDecodeBatch? batch = null;
        for (var row = 0; row < rows; row++)
        {
            using var cache = decoder.Read(Features(row, MediaTokens));
            batch ??= decoder.CreateBatch(cache.PaddedTokens, rows);
            batch.Add(cache);
        }

        return batch!;
    }

    private static FeatureSequence Features(int seed, int tokens)
    {
        var width = BundledPack.Instance.EmbeddingWidth;
        return new FeatureSequence(tokens, width, Enumerable.Range(0, tokens * width).Select(i => MathF.Sin((i + 1) * (seed + 1) * 0.37f)).ToArray());
    }

    private sealed record ForeignCache(int PaddedTokens) : ICrossAttentionCache
    {
        public FeatureSequence Features => new(0, 1, ReadOnlyMemory<float>.Empty);

        public int Tokens => PaddedTokens;

        public long Bytes => 0;

        public void Dispose()
        {
        }
    }
}
