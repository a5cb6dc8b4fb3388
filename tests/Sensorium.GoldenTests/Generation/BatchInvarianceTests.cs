using Sensorium.Core.Generation.Decoding;
using Xunit;

namespace Sensorium.GoldenTests.Generation;

/// <summary>What docs/decisions/0005 rests on: in float32 a row's logits have the same bits in any company.</summary>
public sealed class BatchInvarianceTests(GenerationFixture fixture) : IClassFixture<GenerationFixture>
{
    private const int Steps = 12;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(33)]
    public void Logits_of_a_row_have_the_same_bits_alone_and_among_others(int rows)
    {
        var together = Run(Enumerable.Range(0, rows).ToArray());

        foreach (var row in new[] { 0, rows / 2, rows - 1 })
        {
            Assert.Equal(Run([row])[0], together[row]);
        }
    }

    [Fact]
    public void A_row_that_moves_into_a_hole_goes_on_as_if_nothing_had_happened()
    {
        using var batch = Fill([0, 1, 2]);
        batch.Run(0, 3, [1, 1, 1]);
        batch.Remove(0);
        batch.Run(0, 2, [30, 31]);

        using var alone = Fill([2]);
        alone.Run(0, 1, [1]);
        alone.Run(0, 1, [30]);

        Assert.Equal(alone.Logits(0), batch.Logits(0));
    }

    [Fact]
    public void Copied_tokens_are_those_of_the_other_row_whatever_the_row_held_before()
    {
        using var batch = Fill([4, 4]);
        batch.Run(0, 2, [1, 1]);
        batch.Run(0, 2, [30, 31]);
        batch.CopyTokens(0, 1);
        batch.Run(0, 2, [40, 40]);

        Assert.Equal(batch.Logits(0), batch.Logits(1));
    }

    private float[][] Run(int[] requests)
    {
        using var batch = Fill(requests);
        var random = requests.Select(request => new Random(request)).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            batch.Run(0, requests.Length, [.. random.Select(one => one.Next(3, fixture.Decoder.Shape.VocabularySize))]);
        }

        return [.. Enumerable.Range(0, requests.Length).Select(row => batch.Logits(row).ToArray())];
    }

    private IDecodeBatch Fill(int[] requests)
    {
        IDecodeBatch? batch = null;
        foreach (var request in requests)
        {
            using var cache = fixture.Decoder.Read(fixture.Pictures[request % fixture.Pictures.Count]);
            batch ??= fixture.Decoder.CreateBatch(cache.PaddedTokens, requests.Length);
            batch.Add(cache);
        }

        return batch!;
    }
}
