using System.Text.RegularExpressions;
using Xunit;

namespace Sensorium.Architecture.Tests;

public sealed partial class DocumentTests
{
    [Fact]
    public void Links_lead_to_what_is_there()
    {
        var broken =
            from page in Repository.TextFiles
            where page.Path.EndsWith(".md", StringComparison.Ordinal)
            from link in Link().Matches(page.Text)
            let target = link.Groups["target"].Value
            where !Path.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, target))
            select $"{page.Path}: {target}";

        Assert.Empty(broken);
    }

    [Fact]
    public void Files_and_folders_that_the_map_and_the_guides_name_are_there()
    {
        var named =
            from page in Repository.TextFiles
            where page.Path == "docs/map.md" || page.Path.StartsWith("docs/adding-", StringComparison.Ordinal)
            from match in QuotedPath().Matches(page.Text)
            select (Page: page.Path, Path: match.Groups["path"].Value);

        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, item => !Path.Exists(Path.Combine(Repository.Root, item.Path)));
    }

    [GeneratedRegex(@"\]\((?<target>[^)#:\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    // From the root of the repository, and no pattern.
    [GeneratedRegex(@"`(?<path>(services|gateway|tests|docs|scripts|clients|models|protos|k8s|bench|samples|tools)/[\w./-]*)`")]
    private static partial Regex QuotedPath();
}
