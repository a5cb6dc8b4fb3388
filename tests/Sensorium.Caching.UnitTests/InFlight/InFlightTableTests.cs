using Sensorium.Caching.InFlight;
using Sensorium.Caching.Keys;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Caching.UnitTests.InFlight;

public sealed class InFlightTableTests
{
    private static readonly WantedItem Cat = new(0, new CacheKey(Modality.Image, 1, 0, 0, 0), null);
    private readonly InFlightTable _table = new();

    [Fact]
    public void Nobody_joins_an_abandoned_call()
    {
        var first = _table.Join([Cat], store: false);
        _table.Leave(first);

        var second = _table.Join([Cat], store: false);

        Assert.True(first.Started.Abandoned.IsCancellationRequested);
        Assert.NotSame(first.Items[0], second.Items[0]);
        Assert.False(second.Started.Abandoned.IsCancellationRequested);
    }

    [Fact]
    public void The_end_of_an_abandoned_item_does_not_end_its_successor()
    {
        var first = _table.Join([Cat], store: false);
        _table.Leave(first);
        var second = _table.Join([Cat], store: false);

        _table.Complete(first.Items[0], new ItemResult());

        Assert.False(second.Items[0].IsCompleted);
        Assert.Same(second.Items[0], _table.Join([Cat], store: false).Items[0]);
    }

    [Fact]
    public void An_item_that_has_ended_is_left_without_a_trace()
    {
        var joined = _table.Join([Cat, Cat with { ItemIndex = 1 }], store: false);
        foreach (var item in joined.Started.Items)
        {
            _table.Complete(item, new ItemResult());
        }

        _table.Leave(joined);

        Assert.Equal(0, _table.Count);
        Assert.False(joined.Started.Abandoned.IsCancellationRequested);
    }

    [Fact]
    public void Items_without_keys_are_never_shared()
    {
        var unkeyed = new WantedItem(0, null, null);
        var joined = _table.Join([unkeyed, unkeyed with { ItemIndex = 1 }], store: false);

        Assert.Equal(2, joined.Started.Items.Count);
        Assert.Equal(0, _table.Count);
    }
}
