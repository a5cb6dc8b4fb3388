using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sensorium.Deployment.Tests.Kustomize;

/// <summary>Which objects a patch is for.</summary>
internal sealed partial class PatchTarget
{
    public string? Kind { get; set; }

    /// <summary>A regular expression of the whole name.</summary>
    public string? Name { get; set; }

    /// <summary>"LABEL in (VALUE, VALUE)".</summary>
    public string? LabelSelector { get; set; }

    public bool Includes(JsonObject item) =>
        (Kind is null || Kind == item["kind"]!.GetValue<string>())
        && (Name is null || Regex.IsMatch(item["metadata"]!["name"]!.GetValue<string>(), $"^({Name})$"))
        && (LabelSelector is null || HasLabel(item, LabelSelector));

    private static bool HasLabel(JsonObject item, string selector)
    {
        var parts = InSet().Match(selector);
        return parts.Success
            ? parts.Groups[2].Value.Split(',', StringSplitOptions.TrimEntries)
                .Contains(item["metadata"]!["labels"]?[parts.Groups[1].Value]?.GetValue<string>() ?? "")
            : throw new NotSupportedException($"'{selector}' is not of the form that is read here.");
    }

    [GeneratedRegex(@"^(\S+) in \(([^)]*)\)$")]
    private static partial Regex InSet();
}
