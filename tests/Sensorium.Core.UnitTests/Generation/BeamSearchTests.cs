using Sensorium.Core.Generation;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Sensorium.Testing.Shared.Decoding;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class BeamSearchTests
{
    private const int Vocabulary = 6;

    public static TheoryData<int, int, int, float> Searches()
    {
        var data = new TheoryData<int, int, int, float>();
        foreach (var media in Enumerable.Range(0, 12))
        {
            data.Add(media, 2, 6, 1);
            data.Add(media, 3, 5, 0);
            data.Add(media, 4, 8, 2);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public async Task Beams_are_those_of_a_plain_search(int media, int width, int length, float penalty)
    {
        await using var harness = new GeneratorHarness(decoder: new HashDecoder(Vocabulary));
        var parameters = new GenerationParameters { NumBeams = width, Choices = width, MaxNewTokens = length, LengthPenalty = penalty };

        var events = await harness.RunAsync(GeneratorHarness.Job($"{media}x3", parameters));

        var expected = Plain(harness.Decoder, media).BeamSearch([HashDecoder.Start], width, length, penalty);
        Assert.Equal(expected.Select(LetterTokenizer.Text), Enumerable.Range(0, width).Select(choice => events.Finished(choice).Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Beams_as_wide_as_the_tree_find_the_likeliest_of_all_captions(int media)
    {
        const int Length = 3;
        var width = (int)Math.Pow(Vocabulary, Length);
        await using var harness = new GeneratorHarness(
            new GenerationOptions { MaxBeams = width, MaxRunningSequences = width }, new HashDecoder(Vocabulary));
        var parameters = new GenerationParameters { NumBeams = width, MaxNewTokens = Length, LengthPenalty = 0 };

        var events = await harness.RunAsync(GeneratorHarness.Job($"{media}x3", parameters));

        Assert.Equal(LetterTokenizer.Text(Plain(harness.Decoder, media).Best([HashDecoder.Start], Length)), events.Finished().Text);
    }

    [Fact]
    public async Task All_text_of_a_beam_comes_at_its_end_with_one_log_probability_per_token()
    {
        await using var harness = new GeneratorHarness();

        var events = await harness.RunAsync(GeneratorHarness.Job("3x2", new GenerationParameters { NumBeams = 3, MaxNewTokens = 6 }));

        var delta = Assert.Single(events.OfType<CaptionDelta>());
        Assert.Equal(events.Finished().Text, delta.Text);
        Assert.Equal(delta.TokenIds.Count, delta.LogProbs.Count);
        Assert.All(delta.LogProbs, logProb => Assert.True(logProb < 0));
    }

    [Fact]
    public async Task A_beam_ends_before_a_stop_sequence()
    {
        await using var harness = new GeneratorHarness();
        var whole = (await harness.RunAsync(GeneratorHarness.Job("5x2", new GenerationParameters { NumBeams = 2, MaxNewTokens = 8 }))).Finished().Text;
        var stop = whole[2..4];

        var end = (await harness.RunAsync(GeneratorHarness.Job("5x2", new GenerationParameters { NumBeams = 2, MaxNewTokens = 8, Stop = [stop] }))).Finished();

        Assert.DoesNotContain(stop, end.Text, StringComparison.Ordinal);
    }

    private static PlainDecoding Plain(HashDecoder decoder, int media) =>
        new(tokens => decoder.Logits(media, tokens), HashDecoder.End, 0, HashDecoder.Start);
}
