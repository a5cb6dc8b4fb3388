using Sensorium.Core.Generation.Decoding;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Decoding;

public sealed class CausalDecodeBatchTests
{
    private const int MostRows = 6;

    // A row's padding moves with its company, and with it the order in which numbers are added up.
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void Logits_of_a_row_are_the_same_alone_and_among_rows_of_other_lengths_that_come_and_go(int seed, bool ofVectors)
    {
        using var decoder = SmallConversation.Create(ofVectors);
        var random = new Random(seed);
        using var batch = decoder.CreateBatch(0, MostRows);
        var rows = new List<List<int>>();
        for (var step = 0; step < 30; step++)
        {
            if (rows.Count < MostRows && random.Next(3) > 0)
            {
                rows.Add(Join(decoder, batch, random));
            }

            if (rows.Count > 1 && random.Next(4) == 0)
            {
                Leave(batch, rows, random.Next(rows.Count));
            }

            Step(batch, rows, random);
        }

        Assert.True(rows.Count > 1, "Nothing was compared in company.");
        Assert.All(rows.Index(), row => AssertEqual(Alone(decoder, row.Item), batch.Logits(row.Index)));
    }

    [Fact]
    public void A_prompt_may_be_read_in_pieces_with_media_in_any_of_them()
    {
        using var decoder = SmallConversation.Create(ofVectors: true);
        int[] prompt = [1, SmallConversation.MediaToken, SmallConversation.MediaToken, 2, SmallConversation.MediaToken, 3];
        using var media = decoder.Read(SmallConversation.Media(decoder, 5, 3));
        using var pieces = decoder.CreateBatch(0, 1);
        pieces.Add(media);
        pieces.Run(0, 1, prompt.AsSpan(0, 2));
        pieces.Run(0, 1, prompt.AsSpan(2, 3));
        pieces.Run(0, 1, prompt.AsSpan(5));

        using var whole = decoder.CreateBatch(0, 1);
        whole.Add(media);
        whole.Run(0, 1, prompt);
        AssertEqual(whole.Logits(0), pieces.Logits(0));

        using var others = decoder.CreateBatch(0, 1);
        others.Add(decoder.Read(SmallConversation.Media(decoder, 6, 3)));
        others.Run(0, 1, prompt);
        Assert.False(Near(whole.Logits(0), others.Logits(0)), "The media made no difference.");
    }

    [Fact]
    public void A_model_may_write_the_token_of_its_media_itself()
    {
        using var decoder = SmallConversation.Create(ofVectors: true);
        using var batch = decoder.CreateBatch(0, 1);
        batch.Add(decoder.Read(SmallConversation.Media(decoder, 5, 1)));
        batch.Run(0, 1, [1, SmallConversation.MediaToken, 2]);
        batch.Run(0, 1, [SmallConversation.MediaToken]);

        Assert.All(batch.Logits(0).ToArray(), logit => Assert.True(float.IsFinite(logit)));
    }

    [Fact]
    public void Copied_tokens_are_those_of_the_other_row_whatever_the_row_held_before()
    {
        using var decoder = SmallConversation.Create(ofVectors: false);
        using var batch = Fill(decoder, [1, 2, 3], [4]);
        batch.CopyTokens(0, 1);
        batch.Run(0, 2, [7, 7]);

        AssertEqual(batch.Logits(0), batch.Logits(1));
        AssertEqual(Alone(decoder, [1, 2, 3, 7]), batch.Logits(1));
    }

    [Fact]
    public void What_was_read_aside_goes_on_among_the_others()
    {
        using var decoder = SmallConversation.Create(ofVectors: false);
        using var batch = Fill(decoder, [4, 5]);
        batch.Aside.Add(decoder.Read(SmallConversation.Media(decoder, 0, 0)));
        batch.Aside.Run(0, 1, [1, 2]);
        batch.Run(0, 1, [6]);
        batch.Aside.Run(0, 1, [3]);
        batch.Add(decoder.Read(SmallConversation.Media(decoder, 0, 0)));
        batch.TakeTokensFromAside(1);
        batch.Aside.Remove(0);
        batch.Run(0, 2, [7, 8]);

        AssertEqual(Alone(decoder, [4, 5, 6, 7]), batch.Logits(0));
        AssertEqual(Alone(decoder, [1, 2, 3, 8]), batch.Logits(1));
    }

    [Fact]
    public void A_run_that_throws_changes_no_row()
    {
        using var decoder = SmallConversation.Create(ofVectors: false);
        using var batch = Fill(decoder, [1, 2, 3], [4]);

        Assert.ThrowsAny<Exception>(() => batch.Run(0, 2, [5, decoder.Shape.VocabularySize]));
        batch.Run(0, 2, [7, 8]);

        AssertEqual(Alone(decoder, [1, 2, 3, 7]), batch.Logits(0));
        AssertEqual(Alone(decoder, [4, 8]), batch.Logits(1));
    }

    [Fact]
    public void What_is_not_a_number_stays_in_its_row()
    {
        using var decoder = SmallConversation.Create(ofVectors: true);
        using var batch = Fill(decoder, [1, 2]);
        var features = SmallConversation.Media(decoder, 0, 1);
        batch.Add(decoder.Read(features with { Data = Enumerable.Repeat(float.NaN, features.Data.Length).ToArray() }));
        batch.Run(1, 1, [SmallConversation.MediaToken, 3, 4, 5]);
        batch.Run(0, 2, [3, 3]);
        Assert.True(float.IsNaN(batch.Logits(1)[0]));
        batch.Remove(1);
        batch.Add(decoder.Read(SmallConversation.Media(decoder, 0, 0)));
        batch.Run(1, 1, [1]);
        batch.Run(0, 2, [4, 2]);

        AssertEqual(Alone(decoder, [1, 2, 3, 4]), batch.Logits(0));
        AssertEqual(Alone(decoder, [1, 2]), batch.Logits(1));
    }

    [Fact]
    public void More_than_the_decoder_holds_is_refused()
    {
        using var decoder = SmallConversation.Create(ofVectors: false);
        using var batch = Fill(decoder, [1]);

        Assert.Throws<InvalidOperationException>(() => batch.Run(0, 1, new int[decoder.Shape.Capacity]));
    }

    [Fact]
    public void Rows_may_run_apart()
    {
        using var decoder = SmallConversation.Create(ofVectors: false, runsRowsApart: true);
        using var batch = Fill(decoder, [1, 2, 3], [4]);
        batch.Run(0, 2, [7, 8]);

        using var alone = Fill(decoder, [4]);
        alone.Run(0, 1, [8]);
        Assert.Equal(alone.Logits(0), batch.Logits(1));
    }

    [Fact]
    public void A_decoder_warms_up()
    {
        using var decoder = SmallConversation.Create(ofVectors: true);

        decoder.WarmUp();

        Assert.True(decoder.Shape is { Converses: true, VocabularySize: 12, FeatureWidth: 8, Capacity: 64 });
    }

    private static List<int> Join(IDecoderBackend decoder, IDecodeBatch batch, Random random)
    {
        List<int> prompt = [.. Enumerable.Range(0, 1 + random.Next(9)).Select(_ => random.Next(11))];
        batch.Add(decoder.Read(SmallConversation.Media(decoder, 0, 0)));
        batch.Run(batch.Rows - 1, 1, prompt.ToArray());
        return prompt;
    }

    private static void Leave(IDecodeBatch batch, List<List<int>> rows, int row)
    {
        batch.Remove(row);
        rows[row] = rows[^1];
        rows.RemoveAt(rows.Count - 1);
    }

    private static void Step(IDecodeBatch batch, List<List<int>> rows, Random random)
    {
        if (rows.Count == 0)
        {
            return;
        }

        rows.ForEach(row => row.Add(random.Next(11)));
        batch.Run(0, rows.Count, rows.Select(row => row[^1]).ToArray());
    }

    private static IDecodeBatch Fill(IDecoderBackend decoder, params int[][] rows)
    {
        var batch = decoder.CreateBatch(0, MostRows);
        foreach (var row in rows)
        {
            batch.Add(decoder.Read(SmallConversation.Media(decoder, 0, 0)));
            batch.Run(batch.Rows - 1, 1, row);
        }

        return batch;
    }

    private static float[] Alone(IDecoderBackend decoder, IReadOnlyList<int> tokens)
    {
        using var batch = Fill(decoder, [.. tokens]);
        return batch.Logits(0).ToArray();
    }

    private static void AssertEqual(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.True(Near(expected, actual), $"{string.Join(' ', expected.ToArray())}\n{string.Join(' ', actual.ToArray())}");

    private static bool Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        expected.ToArray().Zip(actual.ToArray()).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance);
}
