using System.Reflection;
using System.Text.RegularExpressions;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>docs/errors.md lists the reasons of the API: all of them, and no other.</summary>
public sealed partial class ErrorDocumentationTests
{
    [Theory]
    [InlineData(typeof(ErrorReasons), "Errors")]
    [InlineData(typeof(WarningReasons), "Warnings")]
    public void Every_reason_is_documented_and_nothing_else(Type reasons, string heading)
    {
        var expected = reasons.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var section = Repository.Read("docs/errors.md").Split($"\n## {heading}\n")[1].Split("\n## ")[0];
        var documented = Row().Matches(section).Select(match => match.Groups[1].Value);

        Assert.Equal(expected.Order(StringComparer.Ordinal), documented.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("^\\| `([A-Z_]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
