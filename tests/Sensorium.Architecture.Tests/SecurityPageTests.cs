using System.Text.RegularExpressions;
using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>docs/security.md says of each threat by which tests it is tried: they are there, and they run.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string[][] Threats =
    [
        .. Repository.Read("docs/security.md").Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)[1..^1])
            .Where(cells => cells[^1] is not ("shown by" or "may") && Quoted().IsMatch(cells[^1])),
    ];

    [Fact]
    public void Every_threat_names_what_stops_it_and_a_test()
    {
        var sections = Repository.Read("docs/security.md").Split("\n## ").Where(section => section.Contains("| shown by |", StringComparison.Ordinal));
        var rows = sections.SelectMany(section => section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)).ToArray();

        Assert.Equal(rows.Length, Threats.Length);
        Assert.All(Threats, cells => Assert.True(cells.Length == 3 && cells[1].Length > 0, string.Join(" | ", cells)));
    }

    [Fact]
    public void Every_test_that_it_names_is_there()
    {
        var tests = Repository.CSharp.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal)).Select(file => file.Text).ToArray();
        var missing =
            from cells in Threats
            from match in Quoted().Matches(cells[2])
            let name = (Class: match.Groups["class"].Value, Method: match.Groups["method"].Value)
            where !tests.Any(text => IsTest(text, name.Class, name.Method))
            select $"{name.Class}.{name.Method}";

        Assert.Empty(missing);
    }

    private static bool IsTest(string text, string type, string method) =>
        Regex.IsMatch(text, $@"\bclass {type}\b") && Regex.IsMatch(text, $@"\[(Fact|Theory)\b[^\n]*\](\s*\[[^\n]*\])*\s*public [\w ]+ {method}\(");

    [GeneratedRegex("`(?<class>[A-Z][A-Za-z]+Tests)\\.(?<method>[A-Z]\\w+)`")]
    private static partial Regex Quoted();
}
