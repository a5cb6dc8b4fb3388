using System.Reflection;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>Every reason has one row, is answered by something, and has a status over HTTP.</summary>
public sealed class ErrorTableTests
{
    [Fact]
    public void Every_reason_has_one_row()
    {
        Assert.Equal(Constants(typeof(ErrorReasons)).Values.Order(StringComparer.Ordinal), ErrorTable.Rows.Select(row => row.Reason).Order(StringComparer.Ordinal));
        Assert.Equal(Constants(typeof(WarningReasons)).Values.Order(StringComparer.Ordinal), WarningTable.Rows.Select(row => row.Reason).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(ErrorReasons), "/ErrorTable.cs")]
    [InlineData(typeof(WarningReasons), "/WarningTable.cs")]
    public void Every_reason_is_answered_by_something(Type reasons, string table)
    {
        var served = Repository.CSharp
            .Where(file => file.IsServed)
            .Where(file => !file.Path.EndsWith(table, StringComparison.Ordinal))
            .ToArray();

        var unused = Constants(reasons).Keys.Where(name => !Array.Exists(served, file => file.Text.Contains($"{reasons.Name}.{name}", StringComparison.Ordinal))).ToArray();
        Assert.Empty(unused);
    }

    [Fact]
    public void Every_code_has_a_status_over_http() => Assert.All(
        Enum.GetValues<ErrorCode>(), code => Assert.InRange(HttpStatuses.Of(new SensoriumException(code, "OF_ANOTHER_VERSION", "m")), 400, 599));

    [Theory]
    [InlineData(ErrorCode.ResourceExhausted, ErrorReasons.Overloaded, 429)]
    [InlineData(ErrorCode.ResourceExhausted, ErrorReasons.MessageTooLarge, 413)]
    [InlineData(ErrorCode.InvalidArgument, ErrorReasons.MediaTooLarge, 413)]
    [InlineData(ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch, 412)]
    [InlineData(ErrorCode.FailedPrecondition, ErrorReasons.SpaceMismatch, 409)]
    public void A_reason_may_say_more_than_its_code(ErrorCode code, string reason, int status) =>
        Assert.Equal(status, HttpStatuses.Of(new SensoriumException(code, reason, "m")));

    private static Dictionary<string, string> Constants(Type reasons) =>
        reasons.GetFields(BindingFlags.Public | BindingFlags.Static).ToDictionary(field => field.Name, field => (string)field.GetRawConstantValue()!);
}
