using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class DecodingInOneProcess(OneProcess deployment) : DecodingTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class DecodingInSixProcesses(SixProcesses deployment) : DecodingTests(deployment);

/// <summary>How text is decoded: greedy, sampled, in beams, from a prompt, up to a limit.</summary>
public abstract class DecodingTests(Deployment deployment) : DeploymentTests(deployment)
{
    private static V1.GenerationParameters Greedy => new() { Temperature = 0, NumBeams = 1 };

    [Fact]
    public async Task Greedy_decoding_says_the_same_again()
    {
        var request = new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(2)) }, Parameters = Greedy };

        Assert.Equal(await CaptionTextAsync(request), await CaptionTextAsync(request));
    }

    [Fact]
    public async Task The_seed_decides_what_is_sampled()
    {
        var media = Data(Pictures.Jpeg(3));
        var texts = new List<string>();
        foreach (var seed in new ulong[] { 1, 1, 2, 3, 4 })
        {
            var parameters = new V1.GenerationParameters { Temperature = 1.2f, NumBeams = 1, Seed = seed };
            var finished = (await CaptionAsync(new V1.CaptionRequest { Media = { media }, Parameters = parameters }))[^1].Finished;
            Assert.Equal(seed, finished.SeedUsed);
            texts.Add(finished.Text);
        }

        Assert.Equal(texts[0], texts[1]);
        Assert.True(texts.Distinct().Count() > 1, "Every seed gave the same text.");
    }

    [Fact]
    public async Task Beams_give_as_many_choices_as_asked_for_best_first()
    {
        var parameters = new V1.GenerationParameters { Temperature = 0, NumBeams = 4, N = 2, LengthPenalty = 0 };

        var events = await CaptionAsync(new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(4)) }, Parameters = parameters });

        var choices = events.Where(caption => caption.Finished is not null).OrderBy(caption => caption.ChoiceIndex).ToArray();
        Assert.Equal([0, 1], choices.Select(caption => caption.ChoiceIndex));
        Assert.NotEqual(choices[0].Finished.Text, choices[1].Finished.Text);
        Assert.True(choices[0].Finished.Score >= choices[1].Finished.Score);
        foreach (var choice in choices)
        {
            var deltas = events.Where(caption => caption.Delta is not null && caption.ChoiceIndex == choice.ChoiceIndex);
            Assert.Equal(choice.Finished.Text, string.Concat(deltas.Select(caption => caption.Delta.Text)));
        }
    }

    [Fact]
    public async Task A_prompt_is_continued_and_not_repeated()
    {
        var media = Data(Pictures.Jpeg(5));
        var events = await CaptionAsync(new V1.CaptionRequest { Media = { media }, Prompt = "a red", Parameters = Greedy });

        var finished = events[^1].Finished;
        Assert.True(finished.Usage.PromptTokens > 0);
        Assert.NotEqual(await CaptionTextAsync(new V1.CaptionRequest { Media = { media }, Parameters = Greedy }), "a red" + finished.Text);
        Assert.False(finished.Text.TrimStart().StartsWith("a red a red", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Limits_and_stop_sequences_end_the_text()
    {
        var media = Data(Pictures.Jpeg(6));
        var whole = await CaptionTextAsync(new V1.CaptionRequest { Media = { media }, Parameters = Greedy });
        var (few, stopping) = (Greedy, Greedy);
        few.MaxNewTokens = 3;
        var word = whole.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1];
        stopping.Stop.Add(word);

        var cut = (await CaptionAsync(new V1.CaptionRequest { Media = { media }, Parameters = few }))[^1].Finished;
        var stopped = (await CaptionAsync(new V1.CaptionRequest { Media = { media }, Parameters = stopping }))[^1].Finished;

        Assert.Equal((V1.FinishReason.Length, 3), (cut.Reason, cut.Usage.GeneratedTokens));
        Assert.Equal(V1.FinishReason.StopSequence, stopped.Reason);
        Assert.Equal(whole[..whole.IndexOf(word, StringComparison.Ordinal)], stopped.Text);
    }

    [Theory]
    [InlineData("{\"temperature\": -1}", "temperature")]
    [InlineData("{\"topP\": 1.5}", "top_p")]
    [InlineData("{\"maxNewTokens\": -1}", "max_new_tokens")]
    [InlineData("{\"numBeams\": 1000}", "num_beams")]
    [InlineData("{\"temperature\": 1, \"numBeams\": 4}", "beam")]
    [InlineData("{\"stop\": [\"\"]}", "stop")]
    public async Task Parameters_out_of_range_are_refused_by_name(string json, string inMessage)
    {
        var request = new V1.CaptionRequest
        {
            Media = { Data(Pictures.Jpeg(1)) },
            Parameters = Google.Protobuf.JsonParser.Default.Parse<V1.GenerationParameters>(json),
        };

        await ExpectFailureAsync(() => CaptionAsync(request), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, inMessage);
    }
}
