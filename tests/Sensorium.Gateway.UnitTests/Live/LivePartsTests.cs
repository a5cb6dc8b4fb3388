using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Gateway.Operations.Live;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;
using static Sensorium.Gateway.UnitTests.Live.LiveStage;

namespace Sensorium.Gateway.UnitTests.Live;

/// <summary>What is said of frames and sound beside alerts and scenes.</summary>
public sealed class LivePartsTests : IDisposable
{
    private static readonly LivePlan Listening = Plan with { Sound = new SoundFormat(SampleEncoding.Signed16, 16_000, 1) };

    private readonly LiveStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task A_new_scene_is_captioned_at_once_and_an_old_one_each_interval()
    {
        var plan = Plan with { Captions = new CaptionPlan(new CaptionJob("r", [], null, new GenerationParameters()), TimeSpan.FromSeconds(1)) };

        var told = await _stage.RunAsync(plan, WaitAsync());

        Assert.Equal([0, 0.2, 1.2], told.OfType<FrameCaptioned>().Select(caption => caption.Moment.Range.Start.TotalSeconds));
        Assert.All(told.OfType<FrameCaptioned>(), caption => Assert.Equal("a dog", caption.Text));

        async IAsyncEnumerable<LiveInput> WaitAsync()
        {
            var captions = 0;
            foreach (var (frame, captioned) in new[] { (Dark(0), true), (Dark(0.1), false), (Bright(0.2), true), (Bright(1.1), false), (Bright(1.2), true) })
            {
                yield return frame;
                await _stage.LookedAsync();
                captions += captioned ? 1 : 0;
                while (_stage.Told.OfType<FrameCaptioned>().Count() < captions)
                {
                    await Task.Yield();
                }
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_captioned_at_all_ends_the_stream()
    {
        var plan = Plan with { Captions = new CaptionPlan(new CaptionJob("r", [], null, new GenerationParameters()), TimeSpan.FromSeconds(1)) };
        _stage.Gateway.Answerer.Refusal = new SensoriumException(ErrorCode.FailedPrecondition, ErrorReasons.TaskMismatch, "it reads no pictures");

        var error = await Assert.ThrowsAsync<SensoriumException>(() => _stage.RunAsync(plan, Dark(0)));

        Assert.Equal(ErrorReasons.TaskMismatch, error.Reason);
    }

    [Fact]
    public async Task Words_are_listened_for_and_sound_events_told_as_they_change()
    {
        _stage.Gateway.Encoders[Modality.Text].Vector = text => text == "silence" ? [1, 0] : [0, 1];
        var plan = Listening with { Watch = [Dog with { Modality = Modality.Audio }], SoundEvents = new SoundEventPlan([new Label("bark", []), new Label("silence", [])], null) };

        var told = await _stage.RunAsync(plan, Sound(10, 0.5, 0), Sound(10.5, 0.5, 20_000), Sound(11, 0.5, 20_000), Sound(11.5, 0.5, 0), Sound(12, 0.5, 0));

        Assert.Equal([("silence", 10.5), ("bark", 11), ("silence", 12)], told.OfType<SoundHeard>().Select(heard => (heard.Label, heard.Moment.Range.End!.Value.TotalSeconds)));
        Assert.Equal([(11, false), (12, true)], told.OfType<AlertRaised>().Select(alert => (alert.Moment.Range.End!.Value.TotalSeconds, alert.Ended)));
        Assert.Equal(new LiveCount(5, 5, 0, 0), Assert.IsType<LiveProgress>(told[^1]).Counts[LiveParts.Sound]);
    }

    [Fact]
    public async Task Labels_of_the_models_own_are_told_by_their_scores()
    {
        _stage.Gateway.Encoders[Modality.Audio].Labels = new ModelLabels(["quiet", "loud"], Independent: true);
        var plan = Listening with { SoundEvents = new SoundEventPlan([], 0.6f) };

        var told = await _stage.RunAsync(plan, Sound(0, 0.5, 20_000));

        var heard = Assert.Single(told.OfType<SoundHeard>());
        Assert.Equal(("loud", 0.731f), (heard.Label, MathF.Round(heard.Score, 3)));
    }

    [Fact]
    public async Task Labels_are_needed_where_the_model_has_none()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => _stage.RunAsync(Listening with { SoundEvents = new SoundEventPlan([], null) }));

        Assert.Equal("sound_events.labels", error.Field);
    }

    [Fact]
    public async Task Speech_is_written_down_in_the_time_of_the_stream()
    {
        var plan = Listening with { Transcript = new TranscriptPlan(item => new TranscriptionJob("r", item, Words: true), TimeSpan.FromSeconds(2)) };

        var told = await _stage.RunAsync(plan, SpeechAsync());

        var first = told.OfType<SpeechWritten>().First();
        Assert.Equal(("Hello you.", 60.0, 61.5), (first.Segment.Text, first.Moment.Range.Start.TotalSeconds, first.Moment.Range.End!.Value.TotalSeconds));
        Assert.Equal(60, first.Segment.Words[0].Range.Start.TotalSeconds);
        Assert.Equal(1, Assert.IsType<LiveProgress>(told[^1]).Counts[LiveParts.Transcript].Done);

        static async IAsyncEnumerable<LiveInput> SpeechAsync()
        {
            yield return Sound(60, 1, 500);
            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Questions_are_answered_about_the_newest_frame_and_sound()
    {
        var request = new DecideRequest("", [Question.Predicate("bright", "The picture is bright.")], DecideOptions.Default, TestGateway.Template);
        var plan = Listening with { Decisions = new DecisionPlan(request, TimeSpan.FromSeconds(1)) };

        var told = await _stage.RunAsync(plan, BothAsync());

        var decided = Assert.Single(told.OfType<FrameDecided>());
        Assert.Equal("bright", Assert.Single(decided.Outcome.Answers).Question.Name);
        Assert.Equal(0.5, decided.Moment.Range.Start.TotalSeconds);

        static async IAsyncEnumerable<LiveInput> BothAsync()
        {
            yield return Sound(0, 0.5, 20_000);
            yield return Dark(0.5);
            await Task.CompletedTask;
        }
    }
}
