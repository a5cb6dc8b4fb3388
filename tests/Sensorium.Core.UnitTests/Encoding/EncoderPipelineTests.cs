using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Core.UnitTests.Encoding;

public sealed class EncoderPipelineTests : IAsyncDisposable
{
    private readonly PipelineFixture _fixture = new();

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        Assert.Equal(0, _fixture.Outstanding);
    }

    [Fact]
    public async Task Segments_are_joined_by_their_durations()
    {
        _fixture.Gate.SetResult();

        var outcome = (await EncodeAsync([0, 1, 1], withFeatures: true))[0];

        // Durations are 1, 2 and 3 seconds: (1, 5) scaled to length 1.
        var encoded = outcome.Encoded!;
        Assert.Equal([1 / MathF.Sqrt(26), 5 / MathF.Sqrt(26), 0f, 0f], encoded.Embedding.ToArray(), (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal([0.0, 1.0, 2.0], encoded.Segments.Select(segment => segment.Range!.Value.Start.TotalSeconds));
        Assert.All(encoded.Segments, segment => Assert.NotNull(segment.Features));
        Assert.Equal(new EncodeUsage(30, 3, null), outcome.Usage);
        Assert.Equal("digest", encoded.Model.PreprocessingDigest);
    }

    [Fact]
    public async Task One_bad_item_fails_alone()
    {
        _fixture.Gate.SetResult();
        var batch = new EncodeBatch("r", [Item("good", [1]), Item("poisoned", [2, 255, 3]), Item("empty", []), Item("fine", [3])]);

        var outcomes = await _fixture.Pipeline.EncodeAsync(batch, CancellationToken.None);

        Assert.Equal(["good", "poisoned", "empty", "fine"], outcomes.Select(outcome => outcome.ItemId));
        Assert.Equal([null, ErrorReasons.ModelFault, ErrorReasons.EmptyMedia, null], outcomes.Select(outcome => outcome.Error?.Reason));
        Assert.NotNull(outcomes[3].Encoded);
    }

    [Fact]
    public async Task A_source_that_cannot_be_resolved_fails_its_item()
    {
        _fixture.Gate.SetResult();
        var batch = new EncodeBatch("r", [new MediaItem("a", new UriSource("https://x.y")), Item("b", [1])]);

        var outcomes = await _fixture.Pipeline.EncodeAsync(batch, CancellationToken.None);

        Assert.Equal([ErrorReasons.InvalidUri, null], outcomes.Select(outcome => outcome.Error?.Reason));
    }

    [Fact]
    public async Task A_long_medium_keeps_few_segments_in_memory()
    {
        (_fixture.Options.SegmentsInFlight, _fixture.Options.MaxSegments) = (3, 500);
        _fixture.Gate.SetResult();

        var outcome = (await EncodeAsync([.. Enumerable.Range(0, 500).Select(i => (byte)(i % 4))]))[0];

        Assert.Equal(500, outcome.Encoded!.Segments.Count);
        // Those in flight, and the one that waits for its place.
        Assert.InRange(_fixture.MostOutstanding, 1, 4);
    }

    [Fact]
    public async Task Media_are_prepared_on_threads_of_their_own()
    {
        _fixture.Gate.SetResult();

        await EncodeAsync([1, 2, 3]);

        Assert.All(_fixture.Threads, thread => Assert.StartsWith("preprocessing", thread));
    }

    [Fact]
    public async Task More_segments_than_wanted_are_sampled_with_a_warning()
    {
        _fixture.Gate.SetResult();
        var batch = new EncodeBatch("r", [Item("a", [0, 1, 2, 3])], MaxSegments: 2);

        var outcome = (await _fixture.Pipeline.EncodeAsync(batch, CancellationToken.None))[0];

        Assert.Equal((2, 4), (outcome.Encoded!.Segments.Count, outcome.Encoded.SegmentsAvailable));
        Assert.Equal((WarningReasons.SegmentsSampled, "a"), (outcome.Warnings.Single().Reason, outcome.Warnings.Single().ItemId));
    }

    [Fact]
    public async Task Limits_are_kept_and_name_what_was_measured()
    {
        _fixture.Options.MaxItems = 2;
        _fixture.Options.MaxItemBytes = 3;
        _fixture.Gate.SetResult();

        var tooMany = await Assert.ThrowsAsync<SensoriumException>(() => EncodeAsync([1], [1], [1]));
        var tooLarge = (await EncodeAsync([1, 1, 1, 1]))[0].Error!;

        Assert.Equal((ErrorReasons.TooManyItems, true), (tooMany.Reason, tooMany.Message.Contains("3 items; at most 2", StringComparison.Ordinal)));
        Assert.Equal((ErrorReasons.MediaTooLarge, true), (tooLarge.Reason, tooLarge.Message.Contains("4 bytes; at most 3", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Modality.Text, MediaTrack.Default, ErrorReasons.ModalityMismatch)]
    [InlineData(Modality.Video, MediaTrack.Default, ErrorReasons.ModalityMismatch)]
    [InlineData(Modality.Video, MediaTrack.Frames, ErrorReasons.UnsupportedTrack)]
    [InlineData(Modality.Video, MediaTrack.Audio, null)]
    public async Task Modality_and_track_must_fit_the_encoder(Modality modality, MediaTrack track, string? reason)
    {
        _fixture.Gate.SetResult();
        var item = Item("a", [1]) with { Modality = modality, Track = track };

        var outcome = (await _fixture.Pipeline.EncodeAsync(new EncodeBatch("r", [item]), CancellationToken.None))[0];

        Assert.Equal(reason, outcome.Error?.Reason);
    }

    [Fact]
    public async Task More_than_fits_is_refused_before_it_is_touched()
    {
        _fixture.Options.MaxPendingItems = 2;
        var pending = EncodeAsync([1], [1]);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => EncodeAsync([1]));
        _fixture.Gate.SetResult();
        await pending;

        Assert.Equal(ErrorReasons.Overloaded, error.Reason);
        Assert.NotNull(error.RetryAfter);
        Assert.NotNull((await EncodeAsync([1]))[0].Encoded);
    }

    [Fact]
    public async Task Cancelling_ends_the_call_while_the_model_still_runs()
    {
        using var cancellation = new CancellationTokenSource();
        var call = _fixture.Pipeline.EncodeAsync(new EncodeBatch("r", [Item("a", [1, 2, 3])]), cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task It_is_ready_after_its_warm_up_and_while_the_model_works()
    {
        _fixture.Gate.SetResult();
        Assert.NotNull(await _fixture.Pipeline.CheckAsync(CancellationToken.None));
        await _fixture.Pipeline.WarmUpAsync();
        Assert.Null(await _fixture.Pipeline.CheckAsync(CancellationToken.None));

        _fixture.Broken = true;
        await EncodeAsync([1], [2], [3], [1], [2], [3]);
        Assert.Contains("broken", await _fixture.Pipeline.CheckAsync(CancellationToken.None));

        _fixture.Broken = false;
        Assert.Null(await _fixture.Pipeline.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_run_that_does_not_end_makes_it_unready()
    {
        var call = EncodeAsync([1]);
        await WaitUntil(() => _fixture.Outstanding == 1);
        string? problem;
        do
        {
            _fixture.Time.Advance(TimeSpan.FromSeconds(31));
            await Task.Yield();
            problem = await _fixture.Pipeline.CheckAsync(CancellationToken.None);
        }
        while (problem?.Contains("not ended", StringComparison.Ordinal) != true);

        _fixture.Gate.SetResult();
        await call;
        Assert.Contains("has not ended", problem);
    }

    private static MediaItem Item(string id, byte[] segments) => new(id, new InlineSource(segments));

    private static async Task WaitUntil(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }

    private Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(params byte[][] items) => EncodeAsync(items, withFeatures: false);

    private Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(byte[] item, bool withFeatures) => EncodeAsync([item], withFeatures);

    private Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(byte[][] items, bool withFeatures) => _fixture.Pipeline.EncodeAsync(
        new EncodeBatch("r", [.. items.Select((item, index) => Item($"item-{index}", item))], withFeatures), CancellationToken.None);
}
