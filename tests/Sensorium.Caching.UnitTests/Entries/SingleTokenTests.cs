using Sensorium.Caching.Entries;
using Sensorium.Core.Encoding;
using Xunit;

namespace Sensorium.Caching.UnitTests.Entries;

public sealed class SingleTokenTests
{
    private static readonly float[] Values = [1.23456789f, -0.1f];

    [Fact]
    public void Scores_stay_as_the_model_gives_them() =>
        Assert.Equal(Values, HalfPrecision.Round(new FeatureSequence(1, 2, Values)).Data.ToArray());

    [Fact]
    public void Tokens_of_a_sequence_are_rounded() =>
        Assert.Equal([(float)(Half)Values[0], (float)(Half)Values[1]], HalfPrecision.Round(new FeatureSequence(2, 1, Values)).Data.ToArray());
}
