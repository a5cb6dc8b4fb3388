using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>References go one way: hosts → Hosting → Core ← Onnx, Media, Caching, Tokenization, Deciders.</summary>
public sealed class ReferenceDirectionTests
{
    private static readonly string[] AroundCore = ["Sensorium.Onnx", "Sensorium.Media", "Sensorium.Caching", "Sensorium.Tokenization"];
    private static readonly string[] Shared = ["Sensorium.Core", "Sensorium.Contracts", "Sensorium.Hosting", .. AroundCore];
    private static readonly string[] Services = ["Sensorium.Text", "Sensorium.Vision", "Sensorium.Audio", "Sensorium.Video", "Sensorium.Generation", "Sensorium.ImageGeneration"];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Sensorium.Core"] = [],
        ["Sensorium.Contracts"] = [],
        ["Sensorium.Quantization"] = [],
        ["Sensorium.Onnx"] = ["Sensorium.Core", "Sensorium.Quantization"],
        ["Sensorium.Media"] = ["Sensorium.Core"],
        ["Sensorium.Caching"] = ["Sensorium.Core"],
        ["Sensorium.Tokenization"] = ["Sensorium.Core"],
        ["Sensorium.Deciders"] = ["Sensorium.Core"],
        ["Sensorium.Hosting"] = ["Sensorium.Core", "Sensorium.Contracts"],
        ["Sensorium.Text"] = Shared,
        ["Sensorium.Vision"] = Shared,
        ["Sensorium.Audio"] = Shared,
        ["Sensorium.Video"] = Shared,
        ["Sensorium.Generation"] = Shared,
        ["Sensorium.ImageGeneration"] = Shared,
        ["Sensorium.Index"] = ["Sensorium.Core"],
        ["Sensorium.Gateway"] = [.. Shared, .. Services, "Sensorium.Deciders", "Sensorium.Index"],
        ["Sensorium.Client"] = ["Sensorium.Contracts"],
        ["Sensorium.Cli"] = ["Sensorium.Client"],
    };

    [Fact]
    public void Projects_refer_only_to_what_lies_below_them()
    {
        var breaches =
            from project in Project.All
            where Allowed.ContainsKey(project.Name)
            from reference in project.Projects
            where !Allowed[project.Name].Contains(reference)
            select $"{project.Name} → {reference}";

        Assert.Empty(breaches);
    }

    [Fact]
    public void Every_project_that_is_served_has_a_rule() =>
        Assert.Empty(Project.All.Where(project => project.IsServed).Select(project => project.Name).Except(Allowed.Keys));

    [Fact]
    public void Every_rule_has_its_project() => Assert.Empty(Allowed.Keys.Except(Project.All.Select(project => project.Name)));
}
