using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Live;
using Xunit;
using static Sensorium.Gateway.UnitTests.Live.LiveStage;

namespace Sensorium.Gateway.UnitTests.Live;

public sealed class LiveOperationTests : IDisposable
{
    private readonly LiveStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task A_stream_begins_with_its_models_and_ends_with_what_was_looked_at()
    {
        var told = await _stage.RunAsync(Plan, Dark(0), Dark(0.1), Dark(0.2));

        Assert.Equal(["Image", "Audio"], Assert.IsType<LiveStarted>(told[0]).Models.Select(model => model.Revision));
        var finished = Assert.IsType<LiveProgress>(told[^1]);
        Assert.True(finished.Finished);
        Assert.Equal(new LiveCount(3, 3, 0, 0), finished.Counts[LiveParts.Frames]);
        Assert.Equal(2, told.Length);
    }

    [Fact]
    public async Task Watched_words_are_told_when_they_begin_and_when_they_ended_to_fit()
    {
        var told = await _stage.RunAsync(
            Plan with { Watch = [Dog] }, Dark(0), Bright(0.1), Bright(0.2), Dark(0.3), Bright(0.4), Dark(0.5), Dark(0.9), Dark(1), Dark(1.1));

        var alerts = told.OfType<AlertRaised>().ToArray();
        Assert.Equal([(0.1, false), (0.5, true)], alerts.Select(alert => (alert.Moment.Range.Start.TotalSeconds, alert.Ended)));
        Assert.All(alerts, alert => Assert.Equal(("dog", Modality.Image), (alert.Name, alert.Modality)));
        Assert.Equal(1, alerts[0].Similarity, 1e-6);
    }

    [Theory]
    [InlineData(0.1f, new[] { 2.0, 4.0 })]
    [InlineData(0.3f, new double[] { })]
    public async Task Words_that_fit_better_than_before_are_told_until_they_do_not(float rise, double[] times)
    {
        // 0.6 for a dark frame, 0.8 for a bright one.
        _stage.Gateway.Encoders[Modality.Text].Vector = _ => [0.6f, 0.8f];
        var plan = Plan with { Watch = [Dog with { MinSimilarity = 1, MinRise = rise }] };

        var told = await _stage.RunAsync(plan, Dark(0), Dark(1), Bright(2), Bright(3), Dark(4), Dark(5));

        Assert.Equal(times, told.OfType<AlertRaised>().Select(alert => alert.Moment.Range.Start.TotalSeconds));
    }

    [Theory]
    [InlineData(0.5f, 1)]
    [InlineData(1.5f, 0)]
    public async Task A_new_scene_is_told_where_frames_are_far_enough_apart(float distance, int scenes)
    {
        var told = await _stage.RunAsync(Plan with { SceneDistance = distance }, Dark(0), Dark(0.1), Bright(0.2), Bright(0.3));

        var changed = told.OfType<SceneChanged>().ToArray();
        Assert.Equal(scenes, changed.Length);
        Assert.All(changed, scene => Assert.Equal((0.2, 1.0), (scene.Moment.Range.Start.TotalSeconds, Math.Round(scene.Distance, 5))));
    }

    [Fact]
    public async Task What_comes_while_a_frame_is_looked_at_is_skipped_but_for_the_newest()
    {
        using var release = new ManualResetEventSlim();
        _stage.Meanwhile = () => release.Wait(TestContext.Current.CancellationToken);

        var told = await _stage.RunAsync(Plan with { Watch = [Dog] }, FloodAsync());

        var finished = Assert.IsType<LiveProgress>(told[^1]);
        Assert.Equal(5, finished.Counts[LiveParts.Frames].Offered);
        Assert.Equal(5, finished.Counts[LiveParts.Frames].Done + finished.Counts[LiveParts.Frames].Skipped);
        Assert.InRange(finished.Counts[LiveParts.Frames].Done, 1, 2);
        Assert.Equal(4, Assert.Single(told.OfType<AlertRaised>()).Moment.Range.Start.TotalSeconds);

        async IAsyncEnumerable<LiveInput> FloodAsync()
        {
            yield return Dark(0);
            yield return Dark(1);
            yield return Dark(2);
            yield return Dark(3);
            yield return Bright(4);
            release.Set();
            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_frame_that_cannot_be_read_is_told_once_and_the_stream_goes_on()
    {
        var told = await _stage.RunAsync(Plan with { Watch = [Dog] }, Broken(0), Broken(0.1), Bright(0.2), Broken(0.3));

        Assert.Equal([0, 0.3], told.OfType<PartFailed>().Select(failed => failed.Moment.Range.Start.TotalSeconds));
        Assert.All(told.OfType<PartFailed>(), failed => Assert.Equal((LiveParts.Frames, ErrorReasons.UndecodableMedia), (failed.Part, failed.Error.Reason)));
        Assert.Single(told.OfType<AlertRaised>());
        Assert.Equal(new LiveCount(4, 1, 0, 3), Assert.IsType<LiveProgress>(told[^1]).Counts[LiveParts.Frames]);
    }

    [Fact]
    public async Task A_frame_that_the_service_has_no_room_for_is_skipped()
    {
        _stage.Gateway.Encoders[Modality.Image].Refusals.Enqueue(SensoriumException.Overloaded("too much", TimeSpan.FromSeconds(1)));

        var told = await _stage.RunAsync(Plan, FramesAsync());

        Assert.Equal(new LiveCount(1, 0, 1, 0), Assert.IsType<LiveProgress>(told[^1]).Counts[LiveParts.Frames]);
        Assert.Empty(told.OfType<PartFailed>());

        static async IAsyncEnumerable<LiveInput> FramesAsync()
        {
            yield return Dark(0);
            await Task.CompletedTask;
        }
    }

    [Fact]
    public async Task It_is_told_how_late_it_is()
    {
        _stage.Meanwhile = () => _stage.Time.Advance(TimeSpan.FromMilliseconds(300));

        var told = await _stage.RunAsync(Plan with { Watch = [Dog] }, Bright(7));

        Assert.InRange(Assert.Single(told.OfType<AlertRaised>()).Lateness.TotalMilliseconds, 299, 301);
    }

    [Fact]
    public async Task How_it_goes_is_told_now_and_then()
    {
        _stage.Meanwhile = () => _stage.Time.Advance(TimeSpan.FromSeconds(5));

        var told = await _stage.RunAsync(Plan, ProgressAsync());

        Assert.Equal([false, true], told.OfType<LiveProgress>().Select(progress => progress.Finished));

        async IAsyncEnumerable<LiveInput> ProgressAsync()
        {
            yield return Dark(0);
            while (!_stage.Told.OfType<LiveProgress>().Any())
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Times_that_go_back_end_the_stream()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => _stage.RunAsync(Plan, Dark(1), Dark(0.5)));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidParameter, "frame.time"), (error.Code, error.Reason, error.Field));
        Assert.Contains("0.5 s", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "vision")]
    [InlineData(false, "vision")]
    public async Task What_no_sense_is_served_for_is_a_precondition(bool noneAtAll, string service)
    {
        _stage.Gateway.Encoders[Modality.Image].Serves = [];
        _stage.Gateway.Encoders[Modality.Audio].Serves = noneAtAll ? [] : ["fake"];

        var error = await Assert.ThrowsAsync<SensoriumException>(() => _stage.RunAsync(Plan, Dark(0)));

        Assert.Equal((ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed), (error.Code, error.Reason));
        Assert.Contains(service, error.Message, StringComparison.Ordinal);
        Assert.Equal(noneAtAll ? 0 : 1, _stage.Told.Count);
    }

    [Fact]
    public async Task A_stream_that_pauses_too_long_is_ended()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => _stage.RunAsync(Plan, PauseAsync(() => _stage.Time.Advance(TimeSpan.FromHours(2)))));

        Assert.Equal((ErrorCode.DeadlineExceeded, ErrorReasons.DeadlineExceeded), (error.Code, error.Reason));
    }

    [Fact]
    public async Task A_process_that_stops_ends_its_streams()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => _stage.RunAsync(Plan, PauseAsync(_stage.Calls.BeginDraining)));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.Draining), (error.Code, error.Reason));
    }

    [Fact]
    public async Task What_is_looked_at_stops_with_its_stream()
    {
        _stage.Gateway.Encoders[Modality.Image].Hangs = true;
        await using (var stream = _stage.Operation.RunAsync(Plan, PauseAsync(() => { }), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken))
        {
            Assert.True(await stream.MoveNextAsync());
            var next = stream.MoveNextAsync();
            await _stage.Gateway.Encoders[Modality.Image].Started;
            Assert.False(next.IsCompleted);
            _stage.Calls.BeginDraining();
            await Assert.ThrowsAsync<SensoriumException>(async () => await next);
        }

        await _stage.Gateway.Encoders[Modality.Image].Stopped;
    }

    [Fact]
    public async Task Streams_are_bounded()
    {
        using var stage = new LiveStage(options => options.MaxStreams = 1);
        await using var first = stage.Operation.RunAsync(Plan, PauseAsync(() => { }), TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await first.MoveNextAsync());

        var error = await Assert.ThrowsAsync<SensoriumException>(() => stage.RunAsync(Plan, Dark(0)));

        Assert.Equal(ErrorReasons.Overloaded, error.Reason);
        Assert.NotNull(error.RetryAfter);
        await first.DisposeAsync();
        Assert.Equal(2, (await stage.RunAsync(Plan, Dark(0))).Length);
    }

    private static async IAsyncEnumerable<LiveInput> PauseAsync(
        Action meanwhile, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return Dark(0);
        meanwhile();
        await Task.Delay(Timeout.Infinite, cancellationToken);
    }
}
