using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Core.UnitTests.Media;

public sealed class ItemIdsTests
{
    [Fact]
    public void Unset_ids_are_numbered_and_double_ones_refused()
    {
        string[] given = ["x", "", "item-1"];

        Assert.Equal(["x", "item-1"], ItemIds.Assign(given[..2], "items", 2));
        var twice = Assert.Throws<SensoriumException>(() => ItemIds.Assign(given, "items", 3));
        Assert.Equal((ErrorReasons.DuplicateItemId, "items[2].item_id"), (twice.Reason, twice.Field));
        Assert.Equal(ErrorReasons.TooManyItems, Assert.Throws<SensoriumException>(() => ItemIds.Assign(given, "items", 2)).Reason);
        Assert.Equal(ErrorReasons.NoMedia, Assert.Throws<SensoriumException>(() => ItemIds.Assign([], "items", 2)).Reason);
    }
}
