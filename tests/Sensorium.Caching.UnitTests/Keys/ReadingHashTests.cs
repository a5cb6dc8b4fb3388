using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;
using Xunit;

namespace Sensorium.Caching.UnitTests.Keys;

public sealed class ReadingHashTests
{
    private static readonly EncodeBatch Plain = new("r", []);

    [Fact]
    public void Plain_texts_add_nothing_to_their_keys() => Assert.Empty(ReadingHash.Of(Plain));

    [Fact]
    public void Texts_that_are_read_in_different_ways_have_different_keys()
    {
        TextReading[] readings =
        [
            new("query"), new("document"), new(Truncate: true), new("query", Truncate: true), new(PairedWith: ""), new(PairedWith: "query"), new("query", "query"),
        ];

        Assert.Equal(readings.Length, readings.Select(reading => Convert.ToHexString(ReadingHash.Of(Plain with { Text = reading }))).Distinct().Count());
    }
}
