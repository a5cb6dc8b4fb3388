using Sensorium.Core.Tenancy;
using Xunit;

namespace Sensorium.Core.UnitTests.Tenancy;

public sealed class FairShareTests
{
    private static readonly Tenant One = new("one");
    private static readonly Tenant Other = new("other");
    private static readonly Tenant Heavy = new("heavy", 4);

    [Fact]
    public void All_that_a_tenant_alone_has_is_before_it() => Assert.Equal(70, FairShare.Before(One, [(One, 50), (One, 20)]));

    [Fact]
    public void A_flood_of_others_is_before_nobody_who_has_nothing() => Assert.Equal(0, FairShare.Before(One, [(Other, 1_000)]));

    [Fact]
    public void Others_are_before_as_far_as_their_weights_and_what_they_have_go() =>
        Assert.Equal(10 + 10 + 40, FairShare.Before(One, [(One, 10), (Other, 1_000), (Heavy, 1_000)]));

    [Fact]
    public void Others_who_have_less_than_their_share_are_before_with_that() =>
        Assert.Equal(10 + 3 + 7, FairShare.Before(One, [(One, 10), (Other, 3), (Heavy, 7)]));

    [Fact]
    public void Weights_that_changed_under_way_are_still_one_tenant() =>
        Assert.Equal(30, FairShare.Before(One with { Weight = 2 }, [(One, 10), (One with { Weight = 2 }, 20)]));
}
