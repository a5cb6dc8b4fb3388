using Sensorium.Deciders.Measuring;
using Xunit;

namespace Sensorium.Deciders.UnitTests;

public sealed class MeasuringTests
{
    [Theory]
    [InlineData(new[] { 0.1, 0.4, 0.35, 0.8 }, new[] { false, false, true, true }, 0.75)]
    [InlineData(new[] { 0.5, 0.5, 0.5, 0.5 }, new[] { false, true, false, true }, 0.5)]
    [InlineData(new[] { 1.0, 2, 3, 4 }, new[] { false, false, true, true }, 1)]
    [InlineData(new[] { 1.0, 2 }, new[] { true, true }, 0.5)]
    public void Area_is_the_share_of_pairs_in_the_right_order(double[] scores, bool[] labels, double area) => Assert.Equal(area, Auroc.Of(scores, labels), 1e-12);

    [Fact]
    public void A_curve_shows_what_is_said_beside_what_came_true()
    {
        var probabilities = Enumerable.Range(0, 200).Select(i => i < 100 ? 0.2 : 0.7).ToArray();
        bool[] labels = [.. Enumerable.Range(0, 200).Select(i => i < 100 ? i % 5 == 0 : i % 2 == 0)];

        var curve = CalibrationCurve.Of(probabilities, labels);

        Assert.Equal([50, 50, 50, 50], curve.Select(bin => bin.Cases));
        Assert.Equal([0.2, 0.2, 0.5, 0.5], curve.Select(bin => bin.Share));
        Assert.Equal(0.1, CalibrationCurve.Error(curve), 1e-12);
    }

    [Fact]
    public void Groups_are_drawn_as_a_whole()
    {
        string[] groups = ["a", "a", "a", "b"];

        var interval = new Bootstrap(groups).Of(places => places.Count(place => place < 3) % 3, [0, 1, 2, 3]);

        Assert.Equal((0, 0, 0), (interval.Value, interval.Low, interval.High));
    }
}
