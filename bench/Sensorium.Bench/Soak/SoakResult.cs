using System.Globalization;
using System.Text.Json.Nodes;

namespace Sensorium.Bench.Soak;

/// <summary>One line of what a section counted.</summary>
internal sealed record SoakRow(string Name, params (string Figure, double Value)[] Figures);

/// <summary>What must hold.</summary>
/// <param name="Most">The value may be this and no more.</param>
internal sealed record SoakBound(string Name, double Value, double Most)
{
    public bool IsMet => Value <= Most;
}

/// <summary>What a section found.</summary>
/// <param name="Protocol">How it was done, in words.</param>
/// <param name="Failures">Some of what went wrong, to look into; not for the page.</param>
internal sealed record SoakResult(string Name, string Protocol, IReadOnlyList<SoakRow> Rows, IReadOnlyList<SoakBound> Bounds, IReadOnlyList<string> Failures)
{
    public bool IsMet => Bounds.All(bound => bound.IsMet);

    public JsonObject ToJson(DateTimeOffset started) => new()
    {
        ["name"] = Name,
        ["started"] = started.ToString("O"),
        ["minutes"] = Math.Round((DateTimeOffset.UtcNow - started).TotalMinutes, 1),
        ["protocol"] = Protocol,
        ["bounds"] = new JsonArray([.. Bounds.Select(bound => new JsonObject
        {
            ["name"] = bound.Name,
            ["value"] = Math.Round(bound.Value, 3),
            ["most"] = bound.Most,
            ["met"] = bound.IsMet,
        })]),
        ["rows"] = new JsonArray([.. Rows.Select(row => new JsonObject([
            KeyValuePair.Create<string, JsonNode?>("name", row.Name),
            .. row.Figures.Select(figure => KeyValuePair.Create<string, JsonNode?>(figure.Figure, Math.Round(figure.Value, 3)))]))]),
        ["failures"] = new JsonArray([.. Failures.Select(failure => JsonValue.Create(failure))]),
    };

    public void Print(TextWriter output)
    {
        output.WriteLine($"== {Name}");
        foreach (var row in Rows)
        {
            output.WriteLine($"{row.Name,-24} {string.Join("  ", row.Figures.Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Figure} {figure.Value:0.###}")))}");
        }

        foreach (var bound in Bounds)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(bound.IsMet ? "met    " : "NOT MET")} {bound.Name}: {bound.Value:0.###} (at most {bound.Most:0.###})"));
        }

        foreach (var failure in Failures)
        {
            output.WriteLine($"  ! {failure}");
        }
    }
}
