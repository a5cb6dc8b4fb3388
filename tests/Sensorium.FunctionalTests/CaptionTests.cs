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
    public async Task Sound_and_video_are_captioned_and_a_video_brings_its_tracks()
    {
        var sound = await CaptionAsync(new V1.CaptionRequest { Media = { Data(Sounds.Tone(2, 440)) }, Parameters = Greedy });
        var video = await CaptionAsync(new V1.CaptionRequest { Media = { Data(Videos.WithTracks) }, Parameters = Greedy });
        var silent = await CaptionAsync(new V1.CaptionRequest { Media = { Data(Videos.Silent) }, Parameters = Greedy });

        Assert.NotEmpty(sound[^1].Finished.Text);
        Assert.NotEmpty(video[^1].Finished.Text);
        Assert.Equal([V1.Track.Frames, V1.Track.Audio, V1.Track.Subtitles], video[0].Started.Media.Select(Track).Order());
        Assert.DoesNotContain(video[0].Started.Warnings, warning => warning.Reason == WarningReasons.UntrainedFusion);
        Assert.Equal(V1.Track.Frames, Track(Assert.Single(silent[0].Started.Media)));
    }

    [Fact]
    public async Task A_fusion_that_was_not_trained_is_answered_with_a_warning()
    {
        var request = new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(7)), Data(Videos.WithTracks), Text("something that was said") }, Parameters = Greedy };

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
        const string ended = "sensorium_generation_sequences_ended_total";
        const string cancelled = "reason=\"cancelled\"";
        var before = await Sensorium.MetricAsync("generation", ended, cancelled);
        var parameters = new V1.GenerationParameters { Temperature = 5, NumBeams = 1, Seed = 7, N = choices, MaxNewTokens = 60 };
        var calls = Enumerable.Range(0, requests)
            .Select(_ => Client.Caption(new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(10)) }, Parameters = parameters }))
            .ToArray();
        await Task.WhenAll(calls.Select(UntilTextAsync));
        Array.ForEach(calls, call => call.Dispose());

        await Sensorium.UntilMetricAsync("generation", "sensorium_generation_queue_size", waiting => waiting == 0);
        await Sensorium.UntilMetricAsync("generation", "sensorium_generation_sequences_active", running => running == 0);
        await Sensorium.UntilMetricAsync("generation", ended, count => count > before, cancelled);
        await AssertStillServingAsync();
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
