using System.Xml.Linq;
using Sensorium.Gateway.Operations.Explanation.Drawing;
using Sensorium.Gateway.Operations.Explanation.Parts;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Explanation;

public sealed class DrawingTests(ExplainerFixture fixture) : IClassFixture<ExplainerFixture>
{
    [Fact]
    public void A_heat_map_is_red_where_the_weight_is_and_blue_where_it_is_negative()
    {
        using var picture = new RgbImage(40, 20);
        picture.Pixels.Fill(128);

        var drawn = HeatMap.Draw(picture, new GridLayout(1, 4), [1, 0, 0, -1]);

        Assert.Equal("image/png", drawn.MediaType);
        using var read = fixture.Pictures.Decode(new MemoryMediaContent(drawn.Data), new ImagingOptions().Limits, 0, 0, TestContext.Current.CancellationToken);
        Assert.Equal((40, 20), (read.Width, read.Height));
        Assert.True(read.Pixels[0] > read.Pixels[2] + 80);
        Assert.True(read.Pixels[(39 * 3) + 2] > read.Pixels[39 * 3] + 80);
        Assert.Equal(picture.Pixels[0], read.Pixels[20 * 3], 4.0);
    }

    [Fact]
    public void A_curve_has_a_bar_for_each_span()
    {
        var layout = TimeLayout.Divide(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), 4);

        var bars = Parse(CurveSvg.Draw(layout, [0.1, 0.4, -0.2, 0])).Skip(1).Where(element => element.Name.LocalName == "rect").ToList();

        Assert.Equal(4, bars.Count(bar => bar.Attribute("x") is not null));
        Assert.NotEqual(Fill(bars[^2]), Fill(bars[^3]));
    }

    [Fact]
    public void Words_are_drawn_whatever_signs_they_have()
    {
        const string text = "a <b> & \u0001c \"d\" 狗";
        var words = WordSplitter.Split(text);

        var elements = Parse(WordsSvg.Draw(new WordLayout(text, words), [.. words.Select((_, i) => i - 2.0)]));

        Assert.Equal(["a", "<b>", "&", "\uFFFDc", "\"d\"", "狗"], elements.Where(element => element.Name.LocalName == "text").Select(element => element.Value));
    }

    [Fact]
    public void Nothing_that_matters_can_be_drawn()
    {
        var layout = TimeLayout.Divide(TimeSpan.Zero, TimeSpan.FromSeconds(1), 2);

        Assert.DoesNotContain("NaN", System.Text.Encoding.UTF8.GetString(CurveSvg.Draw(layout, [0, 0]).Data.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", System.Text.Encoding.UTF8.GetString(WordsSvg.Draw(new WordLayout("a", [new WordSpan(0, 1)]), [0]).Data.Span), StringComparison.Ordinal);
    }

    private static List<XElement> Parse(Drawn drawn) => [.. XDocument.Parse(System.Text.Encoding.UTF8.GetString(drawn.Data.Span)).Descendants()];

    private static string Fill(XElement element) => element.Attribute("fill")!.Value;
}
