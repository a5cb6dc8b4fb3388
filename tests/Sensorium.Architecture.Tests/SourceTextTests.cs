using Xunit;

namespace Sensorium.Architecture.Tests;

public sealed class SourceTextTests
{
    private const int MaxLines = 220;
    private const int MaxTestLines = 260;

    // Spelled in two parts, so that this file is not a find of its own.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "NotImplemented" + "Exception"];

    private static readonly string[] Elsewhere =
        ["/wo" + "rk/", "/ro" + "ot/", "nuget" + ".org", "npmjs" + ".org", "pypi" + ".org", "mcr.micro" + "soft.com", "docker" + ".io", "gh" + "cr.io", "deb.deb" + "ian.org"];

    [Fact]
    public void The_source_tree_is_found() => Assert.Contains(Repository.CSharp, file => file.Path == "gateway/Program.cs");

    [Fact]
    public void Files_are_short() =>
        Assert.Empty(Repository.CSharp.Where(file => file.Lines > (file.Path.StartsWith("tests/", StringComparison.Ordinal) ? MaxTestLines : MaxLines)).Select(file => $"{file.Path}: {file.Lines} lines"));

    [Fact]
    public void Nothing_is_left_for_later() => Assert.Empty(Finds(Unfinished));

    [Fact]
    public void Nothing_depends_on_one_machine_or_one_package_host() => Assert.Empty(Finds(Elsewhere));

    [Fact]
    public void Namespaces_are_file_scoped() => Assert.Empty(Repository.CSharp
        .Where(file => file.Text.Split('\n').Any(line => line.StartsWith("namespace ", StringComparison.Ordinal) && !line.TrimEnd().EndsWith(';')))
        .Select(file => file.Path));

    [Fact]
    public void Lock_files_name_no_download_address() => Assert.Empty(Repository.TextFiles
        .Where(file => file.Path.EndsWith("package-lock.json", StringComparison.Ordinal) && file.Text.Contains("\"resolved\"", StringComparison.Ordinal))
        .Select(file => file.Path));

    [Fact]
    public void The_example_in_the_readme_is_the_one_that_is_compiled() => Assert.Contains(
        $"```csharp\n{Repository.Read("clients/dotnet/FirstFiveCalls/Program.cs")}```", Repository.Read("README.md"), StringComparison.Ordinal);

    private static IEnumerable<string> Finds(string[] words) =>
        from file in Repository.TextFiles
        from word in words
        where file.Text.Contains(word, StringComparison.Ordinal)
        select $"{file.Path}: {word}";
}
