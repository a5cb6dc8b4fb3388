using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>A decision is quoted by its number, so no two share one.</summary>
public sealed class DecisionTests
{
    [Fact]
    public void Decisions_are_numbered_once_and_say_their_number()
    {
        var decisions = Repository.TextFiles
            .Where(file => file.Path.StartsWith("docs/decisions/0", StringComparison.Ordinal))
            .Select(file => (Number: Path.GetFileName(file.Path)[..4], file.Text))
            .OrderBy(decision => decision.Number, StringComparer.Ordinal)
            .ToArray();

        Assert.Equal(Enumerable.Range(1, decisions.Length).Select(number => $"{number:0000}"), decisions.Select(decision => decision.Number));
        Assert.All(decisions, decision => Assert.StartsWith($"# {decision.Number.TrimStart('0')}. ", decision.Text, StringComparison.Ordinal));
    }
}
