using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Explanation.Parts;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sound;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Explanation;

public sealed class MediumExplainerTests : IDisposable
{
    private const int Side = 50;
    private const int Rate = 16_000;

    private readonly ExplainerFixture _fixture = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 3)]
    [InlineData(4, 4)]
    public async Task The_map_of_a_picture_peaks_where_the_score_looks(int row, int column)
    {
        _fixture.Gateway.Encoders[Modality.Image].Sees = item => ExplainerFixture.Seen(0.9 * ShareOfWhite(item, row, column));

        var explained = await ExplainAsync(ExplainerFixture.Received(White(row, column), Modality.Image));

        Assert.Equal(new GridLayout(5, 5), explained.Layout);
        Assert.Equal((row * 5) + column, Peak(explained));
        Assert.Equal(0.9, explained.Score, 1e-3);
        Assert.InRange(explained.Weighed.BlankScore!.Value, 0, 0.2);
        Assert.Equal(2 + (2 * 36), explained.Weighed.Runs);
    }

    [Fact]
    public async Task What_speaks_against_the_score_has_a_negative_weight()
    {
        _fixture.Gateway.Encoders[Modality.Image].Sees = item => ExplainerFixture.Seen(0.9 - (0.8 * ShareOfWhite(item, 2, 2)));

        var explained = await ExplainAsync(ExplainerFixture.Received(White(2, 2), Modality.Image));

        Assert.Equal(explained.Weighed.Weights.Min(), explained.Weighed.Weights[12]);
        Assert.InRange(explained.Weighed.Weights[12], -0.9, -0.5);
    }

    [Fact]
    public async Task The_curve_of_a_sound_peaks_where_the_score_listens()
    {
        var samples = Enumerable.Range(0, 4 * Rate).Select(i => MathF.Sin(i * 0.3f) * 0.5f).ToArray();
        _fixture.Gateway.Encoders[Modality.Audio].Sees = item => ExplainerFixture.Seen(Loudness(item, 2.0, 2.4));

        var explained = await ExplainAsync(ExplainerFixture.Received(WaveWriter.Write(samples, Rate), Modality.Audio));

        var peak = Assert.IsType<TimeLayout>(explained.Layout).Ranges[Peak(explained)];
        Assert.Equal(20, explained.Layout.Count);
        Assert.InRange(peak.Start.TotalSeconds, 1.99, 2.21);
        Assert.InRange(explained.Weighed.BlankScore!.Value, -1e-3, 1e-3);
    }

    [Fact]
    public async Task A_sound_that_is_too_long_to_be_held_is_encoded_span_by_span()
    {
        _fixture.Settings.MaxSilencedSound = TimeSpan.FromSeconds(1);
        _fixture.Gateway.Encoders[Modality.Audio].Sees = item => ExplainerFixture.Seen(item.Range is { Start.TotalSeconds: < 2 } ? 0.8 : 0.1);

        var explained = await ExplainAsync(ExplainerFixture.Received(WaveWriter.Write(new float[3 * Rate], Rate), Modality.Audio), parts: 6);

        Assert.Null(explained.Weighed.BlankScore);
        Assert.Equal(0, Peak(explained));
        Assert.True(explained.Weighed.Weights[0] > 0 && explained.Weighed.Weights[5] < 0);
    }

    [Fact]
    public async Task The_spans_of_a_video_are_encoded_alone_within_its_range()
    {
        var video = ExplainerFixture.Received([1], Modality.Video);
        video = video with { Item = video.Item! with { Range = new TimeRange(TimeSpan.FromSeconds(2), null) } };
        var asked = new List<TimeRange>();
        _fixture.Gateway.Encoders[Modality.Video].Sees = item =>
        {
            asked.Add(item.Range!.Value);
            return ExplainerFixture.Seen(item.Range.Value.End is { } end && end.TotalSeconds > 5.1 ? 0.9 : 0.2);
        };

        var explained = await ExplainAsync(video, parts: 4);

        var ranges = Assert.IsType<TimeLayout>(explained.Layout).Ranges.Select(range => (range.Start.TotalSeconds, range.End!.Value.TotalSeconds));
        Assert.Equal([(2, 3), (3, 4), (4, 5), (5, 6)], ranges);
        Assert.Equal(3, Peak(explained));
        Assert.All(asked, range => Assert.True(range.Start.TotalSeconds >= 2));
    }

    [Theory]
    [InlineData("a dog runs", "a|dog|runs", 1)]
    [InlineData("  dog,  sleeping\n", "dog,|sleeping", 0)]
    [InlineData("狗在跑dog了", "狗|在|跑|dog|了", 3)]
    public async Task Words_are_left_out_one_by_one(string text, string words, int peak)
    {
        var seen = new List<string>();
        _fixture.Gateway.Encoders[Modality.Text].Vector = said =>
        {
            seen.Add(said);
            return ExplainerFixture.Seen(said.Contains("dog", StringComparison.Ordinal) ? 0.8 : 0.3);
        };

        var explained = await ExplainAsync(ExplainerFixture.Words(text));

        var layout = Assert.IsType<WordLayout>(explained.Layout);
        Assert.Equal(words, string.Join('|', layout.Words.Select(word => layout.Text.Substring(word.Start, word.Length))));
        Assert.Equal(peak, Peak(explained));
        Assert.Equal(0.5, explained.Weighed.Weights[peak], 1e-6);
        Assert.DoesNotContain(seen, string.IsNullOrWhiteSpace);
    }

    [Fact]
    public async Task The_only_word_carries_all()
    {
        _fixture.Gateway.Encoders[Modality.Text].Vector = _ => ExplainerFixture.Seen(0.7);

        Assert.Equal(0.7, Assert.Single((await ExplainAsync(ExplainerFixture.Words("dog"))).Weighed.Weights), 1e-6);
    }

    [Fact]
    public async Task Too_many_parts_are_refused_before_the_medium_is_divided()
    {
        var picture = ExplainerFixture.Received(White(0, 0), Modality.Image);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => _fixture.Explainer.ExplainAsync(
            picture, ExplainerFixture.First, ExplainerFixture.Question with { Grid = 9 }, Stop));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.TooManyParts), (error.Code, error.Reason));
        Assert.Contains("media[0]", error.Message, StringComparison.Ordinal);
        Assert.Equal(("200", "100"), (error.Metadata["runs"], error.Metadata["limit_runs"]));
        Assert.Single(_fixture.Gateway.Encoders[Modality.Image].Batches);
    }

    [Fact]
    public async Task Subtitles_of_a_video_are_not_explained()
    {
        var video = ExplainerFixture.Received([1], Modality.Video);
        video = video with { Item = video.Item! with { Track = MediaTrack.Subtitles } };

        var error = await Assert.ThrowsAsync<SensoriumException>(() => ExplainAsync(video));

        Assert.Equal(ErrorReasons.NotExplainable, error.Reason);
    }

    [Fact]
    public async Task What_fails_behind_a_mask_fails_the_explanation_by_the_mediums_name()
    {
        _fixture.Gateway.Encoders[Modality.Text].Vector = text => text == "a runs" ? null : [1, 0];

        var error = await Assert.ThrowsAsync<SensoriumException>(() => ExplainAsync(ExplainerFixture.Words("a dog runs")));

        Assert.Equal((ErrorReasons.UndecodableMedia, "m"), (error.Reason, error.Metadata["item_id"]));
    }

    [Fact]
    public async Task What_a_busy_encoder_refuses_for_now_is_asked_again()
    {
        var refusals = 3;
        _fixture.Gateway.Encoders[Modality.Text].Vector = text =>
            text.Contains("dog", StringComparison.Ordinal) && text != "a dog runs" && refusals-- > 0
                ? throw SensoriumException.Overloaded("busy", TimeSpan.FromMilliseconds(1))
                : ExplainerFixture.Seen(text.Contains("dog", StringComparison.Ordinal) ? 0.8 : 0.3);

        Assert.Equal(1, Peak(await ExplainAsync(ExplainerFixture.Words("a dog runs"))));
        Assert.InRange(refusals, int.MinValue, 0);
    }

    [Fact]
    public async Task A_caller_who_gives_up_stops_the_encoding()
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var encoder = _fixture.Gateway.Encoders[Modality.Text];
        encoder.Hangs = true;

        var running = _fixture.Explainer.ExplainAsync(ExplainerFixture.Words("a dog"), ExplainerFixture.First, ExplainerFixture.Question, gone.Token);
        await encoder.Started.WaitAsync(Stop);
        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await encoder.Stopped.WaitAsync(Stop);
    }

    private async Task<ExplainedMedium> ExplainAsync(ReceivedMedia medium, int parts = 0) =>
        (await _fixture.Explainer.ExplainAsync(medium, ExplainerFixture.First, ExplainerFixture.Question with { Parts = parts }, Stop)).Explained;

    private static int Peak(ExplainedMedium explained) => explained.Weighed.Weights.ToList().IndexOf(explained.Weighed.Weights.Max());

    /// <summary>Black, but for one cell of 5 x 5.</summary>
    private static byte[] White(int row, int column)
    {
        var pixels = new byte[Side * Side * 3];
        for (var y = row * 10; y < (row + 1) * 10; y++)
        {
            pixels.AsSpan(((y * Side) + (column * 10)) * 3, 30).Fill(255);
        }

        return PngWriter.Write(pixels, Side, Side);
    }

    private double ShareOfWhite(MediaItem item, int row, int column)
    {
        using var picture = _fixture.Pictures.Decode(
            new MemoryMediaContent(ExplainerFixture.Bytes(item)), new ImagingOptions().Limits, 0, 0, Stop);
        var sum = 0;
        for (var y = row * 10; y < (row + 1) * 10; y++)
        {
            foreach (var value in picture.Pixels.Slice(((y * Side) + (column * 10)) * 3, 30))
            {
                sum += value;
            }
        }

        return sum / (255.0 * 300);
    }

    private static double Loudness(MediaItem item, double from, double until)
    {
        var samples = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(ExplainerFixture.Bytes(item).Span[44..]);
        var sum = 0.0;
        for (var i = (int)(from * Rate); i < (int)(until * Rate); i++)
        {
            sum += Math.Abs((int)samples[i]);
        }

        return sum / 32768 / ((until - from) * Rate);
    }
}
