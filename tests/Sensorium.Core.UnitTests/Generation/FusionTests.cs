using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class FusionTests : IAsyncLifetime
{
    private readonly GeneratorHarness _harness = new(new GenerationOptions { MaxFusedTokens = 20 });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task A_video_is_its_frames_its_sound_and_its_subtitles()
    {
        await using var harness = new GeneratorHarness(model: model => model with
        {
            MaxTrainedSegments = new Dictionary<Modality, int>(model.MaxTrainedSegments) { [Modality.Text] = 1 },
        });

        var started = (await harness.RunAsync(Job([Item("1x3", Modality.Video)]))).OfType<CaptionStarted>().Single();

        Assert.Equal(
            [(Modality.Text, MediaTrack.Subtitles), (Modality.Audio, MediaTrack.Audio), (Modality.Video, MediaTrack.Frames)],
            started.Media.Select(status => (status.Modality, status.Track)));
        Assert.All(new[] { Modality.Text, Modality.Audio, Modality.Video }, modality =>
            Assert.Equal(Modality.Video, Assert.Single(Assert.Single(harness.Encoders[modality].Batches).Items).Modality));
    }

    [Fact]
    public async Task Subtitles_that_the_decoder_was_not_trained_on_are_left_out_unless_they_are_asked_for()
    {
        var whole = await StartAsync([Item("1x3", Modality.Video)]);
        var asked = await StartAsync([Item("2x3", Modality.Video, MediaTrack.Frames), Item("3x3", Modality.Video, MediaTrack.Subtitles)]);

        Assert.Equal([MediaTrack.Audio, MediaTrack.Frames], whole.Media.Select(status => status.Track));
        Assert.Contains(whole.Warnings, warning => warning.ItemId == "1x3" && warning.Message.StartsWith("The subtitles were left out", StringComparison.Ordinal));
        Assert.Equal([MediaTrack.Subtitles, MediaTrack.Frames], asked.Media.Select(status => status.Track));
    }

    [Fact]
    public async Task Tracks_that_a_video_does_not_have_are_absent()
    {
        _harness.Answer = item => item.Track == MediaTrack.Frames ? GeneratorHarness.Encode(item) : NoTrack(item);

        var started = await StartAsync([Item("1x3", Modality.Video)]);

        Assert.Equal([(Modality.Video, MediaTrack.Frames)], started.Media.Select(status => (status.Modality, status.Track)));
        Assert.Equal(WarningReasons.TrackMissing, Assert.Single(started.Warnings).Reason);
    }

    [Theory]
    [InlineData(ErrorReasons.UndecodableMedia)]
    [InlineData(ErrorReasons.PeerUnavailable)]
    [InlineData(ErrorReasons.ModelNotServed)]
    [InlineData(ErrorReasons.ModelMismatch)]
    public async Task A_track_that_nobody_asked_for_and_that_cannot_be_used_is_a_warning(string reason)
    {
        _harness.Answer = item => item.Track == MediaTrack.Frames
            ? GeneratorHarness.Encode(item)
            : EncodeOutcome.Failed(item.ItemId, SensoriumException.Invalid(reason, "no"));

        var started = await StartAsync([Item("1x3", Modality.Video)]);

        Assert.Equal([MediaTrack.Frames], started.Media.Select(status => status.Track));
        Assert.Contains(started.Warnings, warning => warning.Reason == WarningReasons.TrackMissing && warning.ItemId == "1x3");
    }

    [Fact]
    public async Task A_track_that_was_asked_for_and_is_missing_is_an_error()
    {
        _harness.Answer = NoTrack;

        var error = await FailAsync([Item("1x3", Modality.Video, MediaTrack.Audio)]);

        Assert.Equal(ErrorReasons.NoSuchTrack, error.Reason);
        Assert.Empty(_harness.Encoders[Modality.Video].Batches);
    }

    [Fact]
    public async Task A_video_without_any_track_is_an_error()
    {
        _harness.Answer = NoTrack;

        Assert.Equal(ErrorReasons.NoSuchTrack, (await FailAsync([Item("1x3", Modality.Video)])).Reason);
    }

    [Fact]
    public async Task Media_are_joined_in_the_packs_order_then_in_that_of_the_request()
    {
        var started = await StartAsync([Item("1x2", Modality.Audio), Item("2x3", Modality.Image), Item("3x1", Modality.Image)]);

        Assert.Equal(["2x3", "3x1", "1x2"], started.Media.Select(status => status.ItemId));
        Assert.Equal([3, 1, 2], started.Media.Select(status => status.Tokens));
    }

    [Fact]
    public async Task Explanations_share_the_attention_out_to_the_media_in_the_order_of_their_statuses()
    {
        var job = Job([Item("1x1", Modality.Audio), Item("2x3", Modality.Image)]) with { Explain = true };

        var attention = (await _harness.RunAsync(job)).OfType<CaptionDelta>().SelectMany(delta => delta.Attention).First();

        // Weights of the fake are 1, 2, 3, 4 tenths: three tokens of the picture, then one of the sound.
        Assert.Equal([0.6f, 0.4f], attention.MediaWeights.Select(weight => MathF.Round(weight, 4)));
        Assert.Equal(4, attention.TokenWeights.Count);
    }

    [Fact]
    public async Task Of_many_segments_the_trained_number_is_used_evenly_chosen()
    {
        // The encoder ignores the limit that it was given, as a foreign one may.
        var started = await StartAsync([Item("1x2x9", Modality.Image)]);

        Assert.Equal(2, Assert.Single(_harness.Encoders[Modality.Image].Batches).MaxSegments);
        var status = Assert.Single(started.Media);
        Assert.Equal((9, 2, 4), (status.SegmentsAvailable, status.SegmentsUsed, status.Tokens));
        var warning = Assert.Single(started.Warnings);
        Assert.Equal((WarningReasons.SegmentsSampled, "1x2x9"), (warning.Reason, warning.ItemId));
    }

    [Theory]
    [InlineData(new[] { Modality.Audio }, WarningReasons.UntrainedFusion, "Image + Audio")]
    [InlineData(new[] { Modality.Image, Modality.Video }, WarningReasons.UntrainedFusion, "Image + Audio")]
    [InlineData(new[] { Modality.Image, Modality.Image, Modality.Image }, WarningReasons.UntrainedFusion, "3 segments")]
    public async Task A_fusion_that_was_not_trained_is_answered_with_a_warning(Modality[] modalities, string reason, string named)
    {
        var started = await StartAsync([.. modalities.Select((modality, i) => Item($"{i + 1}x2", modality, modality == Modality.Video ? MediaTrack.Frames : default))]);

        Assert.Contains(started.Warnings, warning => warning.Reason == reason && warning.Message.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Too_many_feature_tokens_are_refused_with_both_numbers()
    {
        var error = await FailAsync([Item("1x11", Modality.Image), Item("2x11", Modality.Audio)]);

        Assert.Equal(ErrorReasons.TooManyFusedTokens, error.Reason);
        Assert.Contains("22", error.Message, StringComparison.Ordinal);
        Assert.Contains("20", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_medium_fails_the_request_unless_partial_answers_are_allowed()
    {
        var job = Job([Item("1x2", Modality.Image), Item("2x2", Modality.Audio)]);
        var broken = SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "broken");
        _harness.Answer = item => item.Modality == Modality.Audio ? EncodeOutcome.Failed(item.ItemId, broken) : GeneratorHarness.Encode(item);

        Assert.Same(broken, await Assert.ThrowsAsync<SensoriumException>(() => _harness.RunAsync(job)));

        var events = await _harness.RunAsync(job with { AllowPartial = true });
        Assert.IsType<CaptionStarted>(events[0]);
        Assert.Equal(new CaptionMediaError("2x2", broken), events[1]);
        Assert.Equal("1x2", Assert.Single(((CaptionStarted)events[0]).Media).ItemId);
    }

    [Fact]
    public async Task If_every_medium_fails_so_does_the_request()
    {
        _harness.Answer = item => EncodeOutcome.Failed(item.ItemId, SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "broken"));

        var job = Job([Item("1x2", Modality.Image)]) with { AllowPartial = true };

        Assert.Equal(ErrorReasons.UndecodableMedia, (await Assert.ThrowsAsync<SensoriumException>(() => _harness.RunAsync(job))).Reason);
    }

    [Fact]
    public async Task Features_of_another_space_are_refused()
    {
        _harness.Answer = item =>
        {
            var outcome = GeneratorHarness.Encode(item);
            return outcome with { Encoded = outcome.Encoded! with { Model = outcome.Encoded.Model with { SpaceId = "elsewhere" } } };
        };

        var error = await FailAsync([Item("1x2", Modality.Image)]);

        Assert.Equal((ErrorCode.FailedPrecondition, ErrorReasons.SpaceMismatch), (error.Code, error.Reason));
    }

    [Theory]
    [InlineData("other", null)]
    [InlineData(null, "other")]
    public async Task Another_model_than_the_one_that_is_served_is_refused(string? id, string? revision)
    {
        var job = Job([Item("1x2", Modality.Image)]) with { Model = new ModelSelector(id, revision) };

        Assert.Equal(ErrorReasons.ModelMismatch, (await Assert.ThrowsAsync<SensoriumException>(() => _harness.RunAsync(job))).Reason);
    }

    [Fact]
    public async Task No_media_and_doubled_names_are_refused()
    {
        Assert.Equal(ErrorReasons.NoMedia, (await FailAsync([])).Reason);
        Assert.Equal(ErrorReasons.DuplicateItemId, (await FailAsync([Item("1x2", Modality.Image), Item("1x2", Modality.Audio)])).Reason);
    }

    private static MediaItem Item(string id, Modality modality, MediaTrack track = MediaTrack.Default) => GeneratorHarness.Item(id, modality, track);

    private static CaptionJob Job(IReadOnlyList<MediaItem> media) => new("request", media, null, new GenerationParameters { MaxNewTokens = 3, MinNewTokens = 2 });

    private static EncodeOutcome NoTrack(MediaItem item) =>
        EncodeOutcome.Failed(item.ItemId, SensoriumException.Invalid(ErrorReasons.NoSuchTrack, "no such track"));

    private async Task<CaptionStarted> StartAsync(IReadOnlyList<MediaItem> media) =>
        (CaptionStarted)(await _harness.RunAsync(Job(media)))[0];

    private Task<SensoriumException> FailAsync(IReadOnlyList<MediaItem> media) =>
        Assert.ThrowsAsync<SensoriumException>(() => _harness.RunAsync(Job(media)));
}
