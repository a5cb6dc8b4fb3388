using Sensorium.Core.Generation.Speech;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech;

/// <summary>Against the seek rules of openai/whisper's transcribe and transformers' _retrieve_segment.</summary>
public sealed class SegmentCutterTests
{
    private const int First = 100;
    private static readonly TimeSpan Window = SpeechModel.Window;

    [Fact]
    public void Two_times_in_a_row_end_a_segment_and_begin_another_and_what_follows_the_last_pair_is_read_again()
    {
        var cut = SegmentCutter.Cut([100, 1, 2, 150, 150, 3, 200, 200, 4, 5], First, Window);

        Assert.Equal([(0, 1), (1, 2)], cut.Segments.Select(Seconds));
        Assert.Equal([100, 1, 2, 150], cut.Segments[0].Tokens);
        Assert.Equal(TimeSpan.FromSeconds(2), cut.Next);
    }

    [Fact]
    public void A_last_time_that_stands_alone_ends_the_last_segment_and_the_window()
    {
        var cut = SegmentCutter.Cut([100, 1, 150, 175, 2, 200], First, Window);

        Assert.Equal([(0, 1), (1.5, 2)], cut.Segments.Select(Seconds));
        Assert.Equal(Window, cut.Next);
    }

    [Theory]
    [InlineData(new[] { 125, 1, 2, 200 }, 0.5, 2)]
    [InlineData(new[] { 125, 1, 2 }, 0.5, 0.5)]
    [InlineData(new[] { 1, 2 }, 0, 30)]
    public void Without_a_pair_the_window_is_one_segment(int[] tokens, double start, double end)
    {
        var cut = SegmentCutter.Cut(tokens, First, Window);

        Assert.Equal((start, end), Seconds(Assert.Single(cut.Segments)));
        Assert.Equal(Window, cut.Next);
    }

    [Fact]
    public void A_window_without_tokens_or_without_progress_is_passed_over()
    {
        Assert.Equal((0, Window), (SegmentCutter.Cut([], First, Window).Segments.Count, SegmentCutter.Cut([], First, Window).Next));
        Assert.Equal(Window, SegmentCutter.Cut([100, 100, 1], First, Window).Next);
        Assert.Equal(TimeSpan.FromSeconds(1), SegmentCutter.Cut([100, 1, 300, 300, 2], First, TimeSpan.FromSeconds(1)).Next);
    }

    private static (double Start, double End) Seconds(CutSegment segment) => (segment.Start.TotalSeconds, segment.End.TotalSeconds);
}
