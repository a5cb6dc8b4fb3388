using System.Xml.Linq;

namespace Sensorium.Architecture.Tests;

/// <summary>What a project file refers to; not what is only built with it.</summary>
/// <param name="Friends">Projects that its internals are shown to.</param>
internal sealed record Project(
    string Name,
    string Folder,
    IReadOnlyList<string> Projects,
    IReadOnlyList<string> Packages,
    IReadOnlyList<string> Friends)
{
    public static IReadOnlyList<Project> All { get; } =
        [.. Repository.TextFiles.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal)).Select(Parse)];

    /// <summary>Part of what is shipped to be served: neither a client, nor a test, nor a benchmark.</summary>
    public bool IsServed => SourceFile.IsServedFrom(Folder + "/");

    private static Project Parse(SourceFile file)
    {
        var xml = XDocument.Parse(file.Text);
        return new Project(
            Path.GetFileNameWithoutExtension(file.Path),
            Path.GetDirectoryName(file.Path)!,
            [.. Includes(xml, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path))],
            [.. Includes(xml, "PackageReference")],
            [.. Includes(xml, "InternalsVisibleTo")]);
    }

    private static IEnumerable<string> Includes(XDocument xml, string element) =>
        xml.Descendants(element)
            .Where(reference => reference.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'));
}
