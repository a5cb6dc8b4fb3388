using Sensorium.Core.Measuring;
using Xunit;

namespace Sensorium.Core.UnitTests.Measuring;

public sealed class TaggedReadingsTests
{
    private readonly TaggedReadings<long> _readings = new();

    [Fact]
    public void Each_model_has_a_value_of_its_own()
    {
        using var one = Add("one", 3);
        using var other = Add("other", 5);

        Assert.Equal([("one", 3), ("other", 5)], Read());
    }

    [Fact]
    public void A_model_that_has_gone_is_read_as_nothing_and_not_as_what_it_was_last()
    {
        Add("one", 3).Dispose();

        Assert.Equal([("one", 0)], Read());
    }

    [Fact]
    public void A_model_that_was_loaded_again_is_not_ended_by_the_one_before_it()
    {
        var before = Add("one", 3);
        using var now = Add("one", 7);
        before.Dispose();

        Assert.Equal([("one", 7)], Read());
    }

    private IDisposable Add(string model, long value) => _readings.Add(() => value, KeyValuePair.Create("model", (object?)model));

    private (string Model, long Value)[] Read() =>
        [.. _readings.Read().Select(point => ((string)point.Tags[0].Value!, point.Value)).OrderBy(point => point.Item1, StringComparer.Ordinal)];
}
