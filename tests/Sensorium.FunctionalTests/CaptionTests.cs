using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class CaptionInOneProcess(OneProcess deployment) : CaptionTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class CaptionInSixProcesses(SixProcesses deployment) : CaptionTests(deployment);

public abstract class CaptionTests(Deployment deployment) : DeploymentTests(deployment)
{
    private static V1.GenerationParameters Greedy => new() { Temperature = 0, NumBeams = 1 };

    [Fact]
    public async Task Started_comes_first_and_the_deltas_are_the_text()
    {
        var events = await CaptionAsync(new V1.CaptionRequest { RequestId = "r-7", Media = { Data(Pictures.Jpeg(1)) }, Parameters = Greedy });

        Assert.Equal(V1.CaptionEvent.EventOneofCase.Started, events[0].EventCase);
        Assert.Equal(Enumerable.Range(0, events.Count).Select(i => (long)i), events.Select(caption => caption.Sequence));
        Assert.All(events, caption => Assert.Equal("r-7", caption.RequestId));
        var finished = events[^1].Finished;
        Assert.NotEmpty(finished.Text);
        Assert.Equal(finished.Text, string.Concat(events.Select(caption => caption.Delta?.Text)));
        Assert.True(events.Count(caption => caption.Delta is not null) > 1, "The text came in one piece.");
        Assert.Equal(finished.Usage.GeneratedTokens, events.Sum(caption => caption.Delta?.TokenIds.Count ?? 0));
        var medium = Assert.Single(events[0].Started.Media);
        Assert.Equal((V1.Modality.Image, medium.Tokens), (medium.Modality, finished.Usage.FusedTokens));
    }

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

    [Fact]
    public async Task Sound_and_video_are_captioned_and_a_video_brings_its_tracks()
    {
        var sound = await CaptionAsync(new V1.CaptionRequest { Media = { Data(Sounds.Tone(2, 440)) }, Parameters = Greedy });
        var video = await CaptionAsync(new V1.CaptionRequest { Media = { Data(Videos.WithTracks) }, Parameters = Greedy });
        var silent = await CaptionAsync(new V1.CaptionRequest { Media = { Data(Videos.Silent) }, Parameters = Greedy });

        Assert.NotEmpty(sound[^1].Finished.Text);
        Assert.NotEmpty(video[^1].Finished.Text);
        Assert.Equal([V1.Track.Frames, V1.Track.Audio, V1.Track.Subtitles], video[0].Started.Media.Select(Track).Order());
        Assert.Equal(V1.Track.Frames, Track(Assert.Single(silent[0].Started.Media)));
    }

    [Fact]
    public async Task A_fusion_that_was_not_trained_is_answered_with_a_warning()
    {
        var request = new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(7)), Text("something that was said") }, Parameters = Greedy };

        var events = await CaptionAsync(request);

        Assert.Contains(events[0].Started.Warnings, warning => warning.Reason == WarningReasons.UntrainedFusion);
        Assert.NotEmpty(events[^1].Finished.Text);
    }

    [Fact]
    public async Task Explanations_weigh_every_token_of_every_medium()
    {
        var request = new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(8)), Data(Sounds.Tone(1, 500)) }, Parameters = Greedy, Explain = true };

        var events = await CaptionAsync(request);

        var rows = events.Where(caption => caption.Delta is not null).SelectMany(caption => caption.Delta.Attention).ToArray();
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(2, row.MediaWeights.Count));
        Assert.All(rows, row => Assert.Equal(1, row.TokenWeights.Sum(), 1e-2));
        Assert.All(rows, row => Assert.Equal(events[0].Started.Media.Sum(medium => medium.Tokens), row.TokenWeights.Count));
    }

    [Fact]
    public async Task One_bad_medium_fails_the_caption_unless_parts_are_wanted()
    {
        var request = new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(9), "good"), new V1.Media { ItemId = "bad" } }, Parameters = Greedy };
        await ExpectFailureAsync(() => CaptionAsync(request), StatusCode.InvalidArgument, ErrorReasons.NoSource, "media[1]");

        request.AllowPartial = true;
        var events = await CaptionAsync(request);

        Assert.NotNull(events[0].Started);
        var error = Assert.Single(events, caption => caption.MediaError is not null).MediaError;
        Assert.Equal(("bad", ErrorReasons.NoSource), (error.ItemId, error.Error.Reason));
        Assert.NotEmpty(events[^1].Finished.Text);
    }

    [Fact]
    public async Task Many_captions_at_once_say_what_each_says_alone()
    {
        var requests = Enumerable.Range(20, 12).Select(seed => new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(seed)) }, Parameters = Greedy }).ToArray();

        var together = await Task.WhenAll(requests.Select(CaptionTextAsync));

        for (var i = 0; i < requests.Length; i++)
        {
            Assert.Equal(await CaptionTextAsync(requests[i]), together[i]);
        }
    }

    [Fact]
    public async Task Cancelling_stops_the_decoding()
    {
        // As many sequences as the decoder runs at once, hot and long, so that they take a while.
        const int requests = 8;
        const int choices = 8;
        const string ended = "sensorium_generation_sequences_total";
        const string cancelled = "reason=\"cancelled\"";
        var before = await Sensorium.MetricAsync("generation", ended, cancelled);
        var parameters = new V1.GenerationParameters { Temperature = 5, NumBeams = 1, Seed = 7, N = choices, MaxNewTokens = 60 };
        var calls = Enumerable.Range(0, requests)
            .Select(_ => Client.Caption(new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(10)) }, Parameters = parameters }))
            .ToArray();
        await Task.WhenAll(calls.Select(UntilTextAsync));
        Array.ForEach(calls, call => call.Dispose());

        await Sensorium.UntilMetricAsync("generation", "sensorium_generation_queue_depth", waiting => waiting == 0);
        await Sensorium.UntilMetricAsync("generation", "sensorium_generation_running", running => running == 0);
        await Sensorium.UntilMetricAsync("generation", ended, count => count > before, cancelled);
        await AssertStillServingAsync();
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

    private static async Task UntilTextAsync(AsyncServerStreamingCall<V1.CaptionResponse> call)
    {
        do
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (call.ResponseStream.Current.Event.Delta is null);
    }

    private static V1.Track Track(V1.MediaStatus status) => status.Track == V1.Track.Unspecified ? V1.Track.Frames : status.Track;
}
