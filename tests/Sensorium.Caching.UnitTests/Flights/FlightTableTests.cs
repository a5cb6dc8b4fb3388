using Sensorium.Caching.Flights;
using Sensorium.Caching.Keys;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Caching.UnitTests.Flights;

public sealed class FlightTableTests
{
    private static readonly WantedItem Cat = new(0, new CacheKey(Modality.Image, 1, 0, 0, 0), null);
    private readonly FlightTable _table = new();

    [Fact]
    public void Nobody_boards_an_abandoned_flight()
    {
        var first = _table.Board([Cat], store: false);
        _table.Leave(first);

        var second = _table.Board([Cat], store: false);

        Assert.True(first.Started.Abandoned.IsCancellationRequested);
        Assert.NotSame(first.Flights[0], second.Flights[0]);
        Assert.False(second.Started.Abandoned.IsCancellationRequested);
    }

    [Fact]
    public void The_end_of_an_abandoned_flight_does_not_end_its_successor()
    {
        var first = _table.Board([Cat], store: false);
        _table.Leave(first);
        var second = _table.Board([Cat], store: false);

        _table.Land(first.Flights[0], new FlightResult());

        Assert.False(second.Flights[0].HasLanded);
        Assert.Same(second.Flights[0], _table.Board([Cat], store: false).Flights[0]);
    }

    [Fact]
    public void A_flight_that_has_landed_is_left_without_a_trace()
    {
        var boarding = _table.Board([Cat, Cat with { ItemIndex = 1 }], store: false);
        foreach (var flight in boarding.Started.Flights)
            _table.Land(flight, new FlightResult());
        _table.Leave(boarding);

        Assert.Equal(0, _table.Count);
        Assert.False(boarding.Started.Abandoned.IsCancellationRequested);
    }

    [Fact]
    public void Items_without_keys_always_fly_alone()
    {
        var unkeyed = new WantedItem(0, null, null);
        var boarding = _table.Board([unkeyed, unkeyed with { ItemIndex = 1 }], store: false);

        Assert.Equal(2, boarding.Started.Flights.Count);
        Assert.Equal(0, _table.Count);
    }
}
