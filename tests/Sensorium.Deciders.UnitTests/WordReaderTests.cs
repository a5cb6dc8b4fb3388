using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;
using Xunit;

namespace Sensorium.Deciders.UnitTests;

public sealed class WordReaderTests
{
    [Fact]
    public void Words_pairs_and_triples_are_read_in_lower_case() =>
        Assert.Equal(["no", "fever", "no fever", "today", "fever today", "no fever today"], WordReader.Terms(Cohort.Case(notes: "No fever, today!")));

    [Fact]
    public void Scripts_without_spaces_are_read_sign_by_sign() => Assert.Equal(["发", "烧", "发 烧"], WordReader.Terms(Cohort.Case(notes: "发烧。")));

    [Fact]
    public void Words_of_a_field_are_told_apart() =>
        Assert.Equal(["title: debt"], WordReader.Terms(Cohort.Case(fields: [("title", FieldValue.OfText("Debt"))])));
}
