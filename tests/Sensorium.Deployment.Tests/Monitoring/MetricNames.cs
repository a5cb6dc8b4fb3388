using System.Text.RegularExpressions;

namespace Sensorium.Deployment.Tests.Monitoring;

/// <summary>
/// The metrics that there are: those of docs/metrics.md, which the functional tests compare with what running services have, and
/// those of others that are named here.
/// </summary>
internal static partial class MetricNames
{
    /// <summary>Of Prometheus itself, of ASP.NET Core and of kube-state-metrics.</summary>
    public static IReadOnlySet<string> Elsewhere { get; } = new HashSet<string>
    {
        "up",
        "http_server_request_duration_seconds_count",
        "kube_pod_container_status_restarts_total",
        "kube_horizontalpodautoscaler_status_current_replicas",
        "kube_horizontalpodautoscaler_spec_max_replicas",
    };

    /// <summary>Kind by name at /metrics; a histogram with its endings.</summary>
    public static IReadOnlyDictionary<string, string> Documented { get; } = Read();

    /// <summary>Every metric that an expression of Prometheus asks for.</summary>
    public static IEnumerable<string> UsedIn(string expression) =>
        Identifier().Matches(NoName().Replace(expression, " ")).Select(match => match.Value)
            .Where(word => word is not ("or" or "and" or "unless")).Distinct();

    private static Dictionary<string, string> Read()
    {
        var rows = File.ReadLines(SourceTree.PathOf("docs/metrics.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (Name: cells[2].Trim('`'), Kind: cells[3]));
        return rows.SelectMany(row => row.Kind == "histogram"
                ? new[] { "bucket", "sum", "count" }.Select(ending => (Name: $"{row.Name}_{ending}", row.Kind))
                : [row])
            .ToDictionary(row => row.Name, row => row.Kind);
    }

    // Strings, selectors, ranges and the labels of groups.
    [GeneratedRegex("""\{[^}]*\}|\[[^\]]*\]|"[^"]*"|\b(by|without)\s*\([^)]*\)""")]
    private static partial Regex NoName();

    // A word that is no function, which would have its arguments behind it.
    [GeneratedRegex(@"\b[a-zA-Z_][a-zA-Z0-9_]*\b(?!\s*\()")]
    private static partial Regex Identifier();
}
