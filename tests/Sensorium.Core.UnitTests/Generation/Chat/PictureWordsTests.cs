using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Chat;

public sealed class PictureWordsTests
{
    private static readonly PictureMarks Tiled = new("<i>") { Around = "<f>", Whole = "<w>" };

    [Fact]
    public void Tiles_are_written_row_by_row_with_their_places_and_the_whole_picture_last()
    {
        EncodedSegment[] segments = [Segment(1, 1), Segment(1, 2), Segment(2, 1), Segment(2, 2), Segment()];

        Assert.Equal(
            "<f><row_1_col_1><i><i><f><row_1_col_2><i><i>\n<f><row_2_col_1><i><i><f><row_2_col_2><i><i>\n\n<f><w><i><i><f>",
            PictureWords.Of(Tiled, segments));
    }

    [Fact]
    public void A_picture_that_was_not_cut_is_written_once()
    {
        Assert.Equal("<f><w><i><i><f>", PictureWords.Of(Tiled, [Segment()]));
        Assert.Equal("<i><i>", PictureWords.Of(new PictureMarks("<i>"), [Segment()]));
    }

    [Fact]
    public void Pictures_take_the_places_that_the_template_wrote()
    {
        Assert.Equal("a X b Y", PictureWords.Expand("a <i> b <i>", "<i>", ["X", "Y"]));
        Assert.Null(PictureWords.Expand("a <i>", "<i>", ["X", "Y"]));
        Assert.Null(PictureWords.Expand("a <i><i>", "<i>", ["X"]));
    }

    [Theory]
    [InlineData(3, "series of three frames from a 0:01:30 video|at 00:00:<f><w><i><i><f>|at 00:30:<f><w><i><i><f>|at 01:00:<f><w><i><i><f>;")]
    [InlineData(1, "series of one frames from a 0:00:30 video|at 00:00:<f><w><i><i><f>;")]
    public void Frames_of_a_clip_are_written_with_their_times(int frames, string expected)
    {
        var marks = Tiled with { Clip = new ClipMarks("series of {0} frames from a {1} video", "|at {0}:", ";") };

        Assert.Equal(expected, ClipWords.Of(marks, [.. Enumerable.Range(0, frames).Select(Frame)]));
    }

    [Theory]
    [InlineData(20, "twenty")]
    [InlineData(64, "sixty-four")]
    [InlineData(100, "100")]
    public void Many_frames_are_counted_in_words_as_well(int frames, string expected) =>
        Assert.Equal(expected, ClipWords.Of(new PictureMarks("") { Clip = new ClipMarks("{0}", "", "") }, [.. Enumerable.Range(0, frames).Select(Frame)]));

    private static EncodedSegment Frame(int index) => Segment() with { Range = new TimeRange(TimeSpan.FromSeconds(30 * index), TimeSpan.FromSeconds(30 * (index + 1))) };

    private static EncodedSegment Segment(int row = 0, int column = 0) =>
        new(null, new float[1], new FeatureSequence(2, 1, new float[2])) { Tile = row == 0 ? null : new Tile(row, column) };
}
