using Sensorium.Core.Errors;
using Sensorium.Index.Filters;
using Sensorium.Index.Metadata;
using Xunit;

namespace Sensorium.Index.UnitTests;

public sealed class FilterTests
{
    private static readonly ItemMetadata Metadata = Sample.Metadata(
        ("year", MetadataValue.Of(2021)),
        ("city", MetadataValue.Of("Kiel")),
        ("day", MetadataValue.Of("2021-06-30")),
        ("public", MetadataValue.Of(true)),
        ("tags", MetadataValue.Of([MetadataValue.Of("sea"), MetadataValue.Of("it's")])));

    [Theory]
    [InlineData("year = 2021", true)]
    [InlineData("year == 2.021e3", true)]
    [InlineData("year = '2021'", false)]
    [InlineData("year != 2021", false)]
    [InlineData("year <> 2020", true)]
    [InlineData("missing != 1", true)]
    [InlineData("missing = 1 or missing < 1 or missing >= 1", false)]
    [InlineData("year > 2020 AND year <= 2021", true)]
    [InlineData("year < 2021 OR city = \"Kiel\"", true)]
    [InlineData("NOT city = 'Kiel'", false)]
    [InlineData("not (year < 2000 or city in ('Ulm', 'Bonn'))", true)]
    [InlineData("city IN ('Ulm', 'Kiel')", true)]
    [InlineData("city NOT IN ('Ulm', 'Kiel')", false)]
    [InlineData("day >= '2021-06-01' and day < '2021-07-01'", true)]
    [InlineData("public = true", true)]
    [InlineData("public = FALSE", false)]
    [InlineData("tags = 'sea'", true)]
    [InlineData("tags = 'it''s' and tags = 'it\\'s'", true)]
    [InlineData("tags IN ('land', 'sea')", true)]
    [InlineData("tags != 'sea'", false)]
    [InlineData("tags > 'se'", true)]
    [InlineData("EXISTS tags and not exists missing", true)]
    [InlineData("@modality = 'image' and @id = 'x' and @size = 123 and @media_type = 'image/png'", true)]
    [InlineData("exists @duration", false)]
    [InlineData("@indexed_at > '2026-05-06T07:08:08Z'", true)]
    [InlineData("year = 2000 and city = 'x' or public = true", true)]
    [InlineData("year = 2000 and (city = 'x' or public = true)", false)]
    public void Items_match_as_it_says(string filter, bool matches) =>
        Assert.Equal(matches, ItemFilter.Parse(filter, "filter")!.Matches(Sample.Facts("x", Metadata)));

    [Theory]
    [InlineData("year", 4, "found the end")]
    [InlineData("year =", 6, "expected a string in quotes, a number, true or false")]
    [InlineData("year = Kiel", 7, "found \"Kiel\"")]
    [InlineData("year = 2021 city = 'x'", 12, "expected AND, OR or the end")]
    [InlineData("(year = 1", 9, "expected \")\"")]
    [InlineData("year = 'x", 7, "has no end")]
    [InlineData("year ! 3", 5, "say NOT")]
    [InlineData("year = 1..2", 7, "\"1..2\" is not a number")]
    [InlineData("year in ()", 9, "found \")\"")]
    [InlineData("year not 3", 9, "expected IN")]
    [InlineData("@nothing = 1", 0, "there is no @nothing")]
    [InlineData("year = 1 and #", 13, "\"#\" means nothing here")]
    [InlineData("and", 0, "expected the name of a field")]
    public void A_fault_names_its_character(string filter, int position, string message)
    {
        var error = Assert.Throws<SensoriumException>(() => ItemFilter.Parse(filter, "filter"));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidFilter, "filter"), (error.Code, error.Reason, error.Field));
        Assert.Equal($"{position}", error.Metadata["position"]);
        Assert.StartsWith($"filter, at character {position + 1}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_too_long_or_too_deep_is_refused()
    {
        Assert.Equal("4096", Refusal(new string(' ', 4096) + "a=1"));
        Assert.Equal("64", Refusal(new string('(', 100) + "a=1"));
        Assert.Equal("256", Refusal(string.Concat(Enumerable.Repeat("NOT ", 100)) + "a=1"));
        Assert.Null(ItemFilter.Parse("  ", "filter"));
    }

    [Fact]
    public void No_text_ends_in_another_fault()
    {
        var random = new Random(20);
        string[] words = ["year", "=", "'x'", "(", ")", "and", "or", "not", "in", "1", ",", "exists", "'", "@id", "\\", "<", "true", "é"];
        for (var i = 0; i < 5_000; i++)
        {
            var filter = string.Join(i % 2 == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 12)).Select(_ => words[random.Next(words.Length)]));
            if (Record.Exception(() => ItemFilter.Parse(filter, "filter")?.Matches(Sample.Facts("x", Metadata))) is { } fault)
            {
                Assert.Equal(ErrorReasons.InvalidFilter, Assert.IsType<SensoriumException>(fault).Reason);
            }
        }
    }

    private static string Refusal(string filter) =>
        Assert.Throws<SensoriumException>(() => ItemFilter.Parse(filter, "filter")).Metadata["position"];
}
