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

    [Fact]
    public void Every_status_that_the_code_answers_stands_beside_its_reason()
    {
        var documented = Row().Matches(Repository.Read("docs/errors.md")).ToDictionary(match => match.Groups[1].Value, match => match.Value);
        var served = Repository.CSharp.Where(file => file.IsServed);
        var undocumented =
            from file in served
            from match in Thrown().Matches(file.Text)
            let status = match.Groups["code"] is { Success: true } code ? code.Value : match.Groups["factory"].Value + (match.Groups["factory"].Value == "Invalid" ? "Argument" : "")
            let reason = (string)typeof(ErrorReasons).GetField(match.Groups["reason"].Value)!.GetRawConstantValue()!
            where !documented[reason].Contains(UpperSnake(status), StringComparison.Ordinal)
            select $"{file.Path}: {reason} with {UpperSnake(status)}";

        Assert.Empty(undocumented);
    }

    private static string UpperSnake(string name) => WordStart().Replace(name, "_$0").ToUpperInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"(?:ErrorCode\.(?<code>\w+),|\b(?<factory>Invalid|Unavailable)\()\s*ErrorReasons\.(?<reason>\w+)")]
    private static partial Regex Thrown();

    [GeneratedRegex("^\\| `([A-Z_]+)` \\|.*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
