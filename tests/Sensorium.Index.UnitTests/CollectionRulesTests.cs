using Sensorium.Core.Errors;
using Sensorium.Index.Collections;
using Xunit;

namespace Sensorium.Index.UnitTests;

/// <summary>The name of a collection becomes that of a file, of keys and of a table.</summary>
public sealed class CollectionRulesTests
{
    [Theory]
    [InlineData("../x")]
    [InlineData("..")]
    [InlineData(".x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a.db")]
    [InlineData("a:b")]
    [InlineData("a\0")]
    [InlineData("a\n")]
    [InlineData("a b")]
    [InlineData("a\"; drop")]
    [InlineData("{a}")]
    [InlineData("-a")]
    [InlineData("\u00e4")]
    [InlineData("")]
    public void A_name_has_nothing_that_a_path_or_a_command_has(string name) =>
        Assert.Equal(ErrorReasons.InvalidParameter, Assert.Throws<SensoriumException>(() => CollectionRules.CheckName(name, "name")).Reason);

    [Theory]
    [InlineData("a\r\nDEL x")]
    [InlineData("a\0b")]
    [InlineData("\u001b[2J")]
    public void An_id_has_no_control_characters(string id) =>
        Assert.Equal(ErrorReasons.InvalidParameter, Assert.Throws<SensoriumException>(() => CollectionRules.CheckId(id, "id")).Reason);
}
