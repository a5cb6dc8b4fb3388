using Sensorium.Core.Generation.Regions;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Regions;

public sealed class PlaceTokensTests
{
    [Fact]
    public void Boxes_follow_their_labels_and_further_ones_are_of_the_last()
    {
        var regions = PlaceTokens.Read("a cat<loc_0><loc_1><loc_999><loc_500><loc_2><loc_3><loc_4><loc_5> dog <loc_7><loc_8><loc_9><loc_10>", RegionForm.Boxes);

        Assert.Equal(["a cat", "a cat", "dog"], regions.Select(region => region.Label));
        Assert.Equal([new RegionCorner(0.0005f, 0.0015f), new RegionCorner(0.9995f, 0.5005f)], regions[0].Corners);
        Assert.Equal(new RegionCorner(0.0095f, 0.0105f), regions[2].Corners[1]);
    }

    [Fact]
    public void Quadrangles_have_four_corners_and_a_text()
    {
        var places = string.Concat(Enumerable.Range(0, 8).Select(place => $"<loc_{place}>"));

        var region = Assert.Single(PlaceTokens.Read($"EXIT{places}{places}", RegionForm.Quadrangles));

        Assert.Equal(("EXIT", 4), (region.Label, region.Corners.Count));
        Assert.Empty(PlaceTokens.Read(places, RegionForm.Quadrangles));
    }

    [Theory]
    [InlineData("no place at all")]
    [InlineData("half a box<loc_1><loc_2><loc_3>")]
    [InlineData("none<loc_1000><loc_1><loc_2><loc_3>")]
    [InlineData("")]
    public void What_is_no_box_is_none(string text) => Assert.Empty(PlaceTokens.Read(text, RegionForm.Boxes));

    [Fact]
    public void Nothing_is_read_of_an_answer_in_words() =>
        Assert.Empty(PlaceTokens.Read("cat<loc_1><loc_2><loc_3><loc_4>", RegionForm.None));
}
