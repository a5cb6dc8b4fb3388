using Sensorium.Core.Generation.Decoding;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Decoding;

public sealed class GrowingDecodeBatchTests : IDisposable
{
    private const int MediaTokens = 20;
    private const int MostRows = 6;
    private static readonly int[] Nothing = [];
    private readonly IDecoderBackend _decoder = BundledExport.CreateDecoder();

    public void Dispose() => _decoder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Logits_of_a_row_have_the_same_bits_alone_and_among_rows_that_come_and_go(int seed)
    {
        var random = new Random(seed);
        using var batch = _decoder.CreateBatch(MediaTokens, MostRows);
        var rows = new List<Row>();
        for (var step = 0; step < 30; step++)
        {
            if (rows.Count < MostRows && random.Next(3) > 0)
            {
                rows.Add(Join(batch, step, random));
            }

            if (rows.Count > 0)
            {
                Step(batch, rows, random);
                Leave(batch, rows, random);
            }
        }

        Assert.NotEmpty(rows);
        Assert.All(rows.Index(), row => Assert.Equal(Alone(row.Item), batch.Logits(row.Index)));
    }

    [Fact]
    public void A_prompt_is_read_with_the_first_token()
    {
        using var whole = Fill((int[])[1, 5, 6]);
        whole.Run(0, 1, [7]);
        using var oneByOne = Fill(Nothing);
        foreach (var token in (int[])[1, 5, 6, 7])
        {
            oneByOne.Run(0, 1, [token]);
        }

        Assert.All(whole.Logits(0).ToArray().Zip(oneByOne.Logits(0).ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
    }

    [Fact]
    public void Copied_tokens_are_those_of_the_other_row_whatever_the_row_held_before()
    {
        using var batch = Fill(Nothing, Nothing);
        batch.Run(0, 2, [1, 1]);
        batch.Run(0, 2, [30, 31]);
        batch.CopyTokens(0, 1);
        batch.Run(0, 2, [40, 40]);

        Assert.Equal(batch.Logits(0), batch.Logits(1));
    }

    [Fact]
    public void A_run_that_throws_changes_no_row()
    {
        using var batch = Fill(Nothing, [5]);
        batch.Run(0, 2, [1, 6]);

        Assert.ThrowsAny<Exception>(() => batch.Run(0, 2, [5, _decoder.Shape.VocabularySize]));
        batch.Run(0, 2, [7, 8]);

        using var alone = Fill(Nothing, [5]);
        alone.Run(0, 2, [1, 6]);
        alone.Run(0, 2, [7, 8]);
        Assert.Equal(alone.Logits(0), batch.Logits(0));
        Assert.Equal(alone.Logits(1), batch.Logits(1));
    }

    [Fact]
    public void What_is_not_a_number_stays_in_its_row()
    {
        using var batch = Fill(Nothing);
        var features = BundledExport.Features(0, MediaTokens);
        using var bad = _decoder.Read(features with { Data = Enumerable.Repeat(float.NaN, features.Data.Length).ToArray() });
        batch.Add(bad);
        batch.Run(0, 2, [1, 1]);
        batch.Run(0, 2, [5, 5]);

        Assert.DoesNotContain(batch.Logits(0).ToArray(), float.IsNaN);
        Assert.Contains(batch.Logits(1).ToArray(), float.IsNaN);
    }

    [Fact]
    public void A_row_never_grows_over_its_capacity()
    {
        using var batch = Fill(Enumerable.Repeat(5, _decoder.Shape.Capacity - 1).ToArray());
        batch.Run(0, 1, [5]);

        Assert.Throws<InvalidOperationException>(() => batch.Run(0, 1, [5]));
    }

    [Fact]
    public void What_does_not_fit_or_is_of_another_backend_is_refused()
    {
        using var batch = _decoder.CreateBatch(MediaTokens, 1);
        using var longer = _decoder.Read(BundledExport.Features(0, MediaTokens + 1));
        using var right = _decoder.Read(BundledExport.Features(0, MediaTokens));

        Assert.Throws<InvalidOperationException>(() => batch.Add(longer));
        batch.Add(right);
        Assert.Throws<InvalidOperationException>(() => batch.Add(right));
        Assert.Throws<NotSupportedException>(() => batch.ReadAttention(0, new float[MediaTokens]));
    }

    [Fact]
    public void Several_tokens_are_fed_at_the_start_alone()
    {
        using var batch = Fill(Nothing);
        batch.Run(0, 1, [1, 5]);

        Assert.Throws<NotSupportedException>(() => batch.Run(0, 1, [6, 7]));
    }

    [Fact]
    public void A_warm_up_runs_starts_and_steps() => _decoder.WarmUp();

    private IDecodeBatch Fill(params int[][] prompts)
    {
        var batch = _decoder.CreateBatch(MediaTokens, MostRows);
        foreach (var prompt in prompts)
        {
            using var cache = _decoder.Read(BundledExport.Features(3, MediaTokens));
            batch.Add(cache, prompt);
        }

        return batch;
    }

    private Row Join(IDecodeBatch batch, int media, Random random)
    {
        var row = new Row(media, [.. Enumerable.Range(0, random.Next(4)).Select(_ => Token(random))], []);
        using var cache = _decoder.Read(BundledExport.Features(media, MediaTokens));
        batch.Add(cache, row.Prompt);
        return row;
    }

    private void Step(IDecodeBatch batch, List<Row> rows, Random random)
    {
        rows.ForEach(row => row.Fed.Add(Token(random)));
        batch.Run(0, rows.Count, [.. rows.Select(row => row.Fed[^1])]);
    }

    private static void Leave(IDecodeBatch batch, List<Row> rows, Random random)
    {
        if (random.Next(4) > 0)
        {
            return;
        }

        var leaving = random.Next(rows.Count);
        batch.Remove(leaving);
        rows[leaving] = rows[^1];
        rows.RemoveAt(rows.Count - 1);
    }

    private float[] Alone(Row row)
    {
        using var batch = _decoder.CreateBatch(MediaTokens, 1);
        using var cache = _decoder.Read(BundledExport.Features(row.Media, MediaTokens));
        batch.Add(cache, row.Prompt);
        foreach (var token in row.Fed)
        {
            batch.Run(0, 1, [token]);
        }

        return batch.Logits(0).ToArray();
    }

    private int Token(Random random) => random.Next(3, _decoder.Shape.VocabularySize);

    private sealed record Row(int Media, int[] Prompt, List<int> Fed);
}
