using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Chat;
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

    private static EncodedSegment Segment(int row = 0, int column = 0) =>
        new(null, new float[1], new FeatureSequence(2, 1, new float[2])) { Tile = row == 0 ? null : new Tile(row, column) };
}
