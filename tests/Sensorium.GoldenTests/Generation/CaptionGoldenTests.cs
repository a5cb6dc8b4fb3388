using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.GoldenTests.Generation;

/// <summary>Captions through the whole engine equal those of the plain graph, which has neither batch nor cache.</summary>
public sealed class CaptionGoldenTests(GenerationFixture fixture) : IClassFixture<GenerationFixture>
{
    private const int Length = 20;

    [Fact]
    public async Task Greedy_captions_of_pictures_equal_the_plain_graphs()
    {
        for (var index = 0; index < fixture.Pictures.Count; index++)
        {
            var events = await fixture.CaptionAsync(Job(Greedy, null, (Modality.Image, index)));

            Assert.Equal(fixture.Plain(fixture.Pictures[index]).Greedy([fixture.Start], Length), Tokens(events));
        }
    }

    [Fact]
    public async Task Greedy_captions_of_a_picture_with_a_sound_equal_the_plain_graphs()
    {
        // Sound first in the request: it is joined after the picture all the same.
        var events = await fixture.CaptionAsync(Job(Greedy, null, (Modality.Audio, 1), (Modality.Image, 2)));

        Assert.Equal(fixture.Plain(fixture.Pictures[2], fixture.Sounds[1]).Greedy([fixture.Start], Length), Tokens(events));
        Assert.Empty(events.OfType<CaptionStarted>().Single().Warnings);
    }

    [Theory]
    [InlineData("a dog")]
    [InlineData("two children are playing with a large red ball in the middle of the street near a house")]
    public async Task A_prompt_is_continued_as_the_plain_graph_continues_it(string prompt)
    {
        int[] start = [fixture.Start, .. fixture.Tokenizer.Encode(prompt)];

        var events = await fixture.CaptionAsync(Job(Greedy, prompt, (Modality.Image, 1)));

        Assert.Equal(fixture.Plain(fixture.Pictures[1]).Greedy(start, Length), Tokens(events));
    }

    [Theory]
    [InlineData(3, 1.0f)]
    [InlineData(4, 0.6f)]
    public async Task Beams_equal_a_plain_search_over_the_plain_graph(int beams, float lengthPenalty)
    {
        var parameters = new GenerationParameters { NumBeams = beams, Choices = beams, LengthPenalty = lengthPenalty, MaxNewTokens = 12 };

        var events = await fixture.CaptionAsync(Job(parameters, null, (Modality.Image, 3)));

        var expected = fixture.Plain(fixture.Pictures[3]).BeamSearch([fixture.Start], beams, 12, lengthPenalty);
        Assert.Equal(expected, Enumerable.Range(0, beams).Select(choice => Tokens(events, choice)));
    }

    [Fact]
    public async Task Captions_written_together_equal_those_written_alone_to_the_last_bit()
    {
        var jobs = Enumerable.Range(0, 24).Select(i => Job(
            i % 3 == 0 ? Greedy : new GenerationParameters { Temperature = 0.9f, Seed = (ulong)i, TopP = 0.95f, MaxNewTokens = 5 + i },
            i % 4 == 0 ? "a man" : null,
            i % 5 == 0 ? (Modality.Audio, i % 3) : (Modality.Image, i % 6))).ToArray();

        var together = await Task.WhenAll(jobs.Select(fixture.CaptionAsync));

        foreach (var (job, events) in jobs.Zip(together))
        {
            Assert.Equal(Describe(await fixture.CaptionAsync(job)), Describe(events));
        }
    }

    [Fact]
    public async Task Attention_of_every_token_sums_to_one_and_is_shared_out_to_the_media()
    {
        var events = await fixture.CaptionAsync(Job(Greedy, null, (Modality.Image, 0), (Modality.Audio, 0)) with { Explain = true });

        var attention = events.OfType<CaptionDelta>().SelectMany(delta => delta.Attention).ToArray();
        Assert.Equal(Tokens(events).Length, attention.Length);
        Assert.All(attention, one =>
        {
            Assert.Equal(1, one.TokenWeights.Sum(), 1e-4);
            Assert.Equal(fixture.Pictures[0].Tokens + fixture.Sounds[0].Tokens, one.TokenWeights.Count);
            Assert.Equal(one.TokenWeights.Take(fixture.Pictures[0].Tokens).Sum(), one.MediaWeights[0], 1e-5);
            Assert.Equal(one.TokenWeights.Skip(fixture.Pictures[0].Tokens).Sum(), one.MediaWeights[1], 1e-5);
        });
    }

    private static GenerationParameters Greedy { get; } = new() { Temperature = 0, NumBeams = 1, MaxNewTokens = Length };

    private static CaptionJob Job(GenerationParameters parameters, string? prompt, params (Modality Modality, int Index)[] media) =>
        GenerationFixture.Job(parameters, prompt, media);

    private static int[] Tokens(IEnumerable<CaptionEvent> events, int choice = 0) =>
        [.. events.OfType<CaptionDelta>().Where(delta => delta.ChoiceIndex == choice).SelectMany(delta => delta.TokenIds)];

    private static IEnumerable<string> Describe(IEnumerable<CaptionEvent> events) => events.OfType<CaptionDelta>()
        .Select(delta => $"{string.Join(",", delta.TokenIds)} {delta.Text} {string.Join(",", delta.LogProbs.Select(BitConverter.SingleToUInt32Bits))}");
}
