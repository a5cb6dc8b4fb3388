using Sensorium.Quantization.Ranges;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Quantizing;

public sealed class ValueHistogramTests
{
    private const int Count = 1_000_000;

    [Fact]
    public void A_rare_value_far_out_does_not_stretch_the_range()
    {
        var best = BestOf([.. Uniform(-1, 1), 3]);

        Assert.InRange(best.Most, 1, 1.2f);
        Assert.InRange(best.Least, -1, -0.95f);
    }

    [Fact]
    public void Values_that_fill_their_range_keep_it()
    {
        var best = BestOf(Uniform(-1, 3));

        Assert.InRange(best.Most, 2.9f, 3);
        Assert.InRange(best.Least, -1, -0.95f);
    }

    [Theory]
    [InlineData(0, 6, 0, 0)]
    [InlineData(2, 6, 0, 0)]
    [InlineData(-4, 0, 0, 255)]
    [InlineData(-3, -1, 0, 255)]
    [InlineData(-1, 3, 0, 64)]
    [InlineData(0, 0, 0, 0)]
    public void Nothing_is_always_exact(float least, float most, float zero, byte code)
    {
        var range = new ValueRange(least, most);

        Assert.Equal(code, range.Zero);
        Assert.Equal(zero, (code - range.Zero) * range.Scale);
        Assert.True(range.Scale > 0);
    }

    private static float[] Uniform(float least, float most)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, Count).Select(_ => least + ((most - least) * random.NextSingle()))];
    }

    private static ValueRange BestOf(float[] values)
    {
        var histogram = new ValueHistogram(default(ValueRange).Including(values));
        histogram.Add(values);
        return histogram.Best();
    }
}
