using Sensorium.Core.Tenancy;
using Xunit;

namespace Sensorium.Core.UnitTests.Tenancy;

public sealed class FairPlacesTests
{
    private static readonly Tenant Flood = new("flood");
    private static readonly Tenant Other = new("other");

    [Fact]
    public async Task Places_go_round_the_tenants_who_wait()
    {
        var places = new FairPlaces(1);
        await places.WaitAsync(Flood, CancellationToken.None);
        var flood = Enumerable.Range(0, 3).Select(_ => places.WaitAsync(Flood, CancellationToken.None)).ToArray();
        var other = places.WaitAsync(Other, CancellationToken.None);

        places.Release();
        await flood[0];
        Assert.False(other.IsCompleted);
        places.Release();
        await other;

        Assert.False(flood[1].IsCompleted);
    }

    [Fact]
    public async Task Who_gives_up_takes_no_place()
    {
        var places = new FairPlaces(1);
        await places.WaitAsync(Flood, CancellationToken.None);
        using var cancelled = new CancellationTokenSource();
        var given = places.WaitAsync(Other, cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        places.Release();

        await places.WaitAsync(Flood, CancellationToken.None);
        Assert.False(places.WaitAsync(Flood, CancellationToken.None).IsCompleted);
    }
}
