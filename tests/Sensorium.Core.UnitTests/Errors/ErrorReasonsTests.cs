using System.Reflection;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Core.UnitTests.Errors;

public sealed class ErrorReasonsTests
{
    [Theory]
    [InlineData(typeof(ErrorReasons))]
    [InlineData(typeof(WarningReasons))]
    public void Reasons_are_upper_snake_case_and_distinct(Type reasons)
    {
        var values = reasons.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).ToArray();

        Assert.NotEmpty(values);
        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.All(values, value => Assert.Matches("^[A-Z][A-Z_]+[A-Z]$", value));
    }
}
