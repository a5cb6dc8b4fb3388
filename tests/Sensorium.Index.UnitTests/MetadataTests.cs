using Sensorium.Core.Errors;
using Sensorium.Index.Metadata;
using Xunit;

namespace Sensorium.Index.UnitTests;

public sealed class MetadataTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        var metadata = Sample.Metadata(
            ("text", MetadataValue.Of("\"quoted\" ü")),
            ("number", MetadataValue.Of(-0.1)),
            ("truth", MetadataValue.Of(true)),
            ("list", MetadataValue.Of([MetadataValue.Of(1), MetadataValue.Of("a"), MetadataValue.Of(false)])));

        Assert.Equal(metadata, MetadataJson.Read(MetadataJson.Write(metadata)));
        Assert.Equal(ItemMetadata.Empty, MetadataJson.Read(MetadataJson.Write(ItemMetadata.Empty)));
        Assert.NotEqual(metadata, Sample.Metadata(("text", MetadataValue.Of("other"))));
    }

    [Theory]
    [InlineData("", "names a field \"\"")]
    [InlineData("a b", "names a field \"a b\"")]
    [InlineData("@id", "names a field \"@id\"")]
    [InlineData("1st", "names a field \"1st\"")]
    public void A_name_that_no_filter_could_say_is_refused(string name, string message) => AssertRefused(message, (name, MetadataValue.Of(1)));

    [Fact]
    public void Values_that_are_not_kept_are_refused()
    {
        AssertRefused("metadata.n is NaN", ("n", MetadataValue.Of(double.NaN)));
        AssertRefused("metadata.t has 5000 characters", ("t", MetadataValue.Of(new string('x', 5000))));
        AssertRefused("metadata.l[1] is a list within a list", ("l", MetadataValue.Of([MetadataValue.Of(1), MetadataValue.Of([])])));
        AssertRefused("metadata.l has 257 elements", ("l", MetadataValue.Of([.. Enumerable.Repeat(MetadataValue.Of(1), 257)])));
        AssertRefused("metadata has 65 fields", [.. Enumerable.Range(0, 65).Select(i => ($"f{i}", MetadataValue.Of(i)))]);
    }

    private static void AssertRefused(string message, params (string Name, MetadataValue Value)[] fields)
    {
        var error = Assert.Throws<SensoriumException>(() => Sample.Metadata(fields));
        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidMetadata), (error.Code, error.Reason));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
