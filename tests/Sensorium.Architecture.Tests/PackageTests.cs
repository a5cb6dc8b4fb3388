using System.Xml.Linq;
using Xunit;

namespace Sensorium.Architecture.Tests;

public sealed class PackageTests
{
    // In the CUDA build alone, where it holds the managed half of the runtime to the version of the native one.
    private const string PinnedAgainstARelease = "Microsoft.ML.OnnxRuntime.Managed";

    [Fact]
    public void Every_version_that_is_pinned_is_that_of_a_package_in_use()
    {
        var used = Repository.TextFiles
            .Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal) || file.Path.EndsWith("Directory.Build.props", StringComparison.Ordinal))
            .SelectMany(file => Includes(file.Text, "PackageReference"))
            .ToHashSet();
        // A name that ends with a property is one of several packages.
        var families = used.Where(name => name.Contains("$(", StringComparison.Ordinal)).Select(name => name.Split("$(")[0]).ToArray();

        var unused = Includes(Repository.Read("Directory.Packages.props"), "PackageVersion")
            .Where(name => !used.Contains(name) && !families.Any(family => name.StartsWith(family, StringComparison.Ordinal)));
        Assert.Equal([PinnedAgainstARelease], unused);
    }

    private static IEnumerable<string> Includes(string xml, string element) =>
        XDocument.Parse(xml).Descendants(element).SelectMany(reference => reference.Attribute("Include")!.Value.Split(';'));
}
