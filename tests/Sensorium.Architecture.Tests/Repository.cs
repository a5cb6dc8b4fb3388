using System.Runtime.CompilerServices;

namespace Sensorium.Architecture.Tests;

/// <summary>The files of the source tree that this test was built from.</summary>
internal static class Repository
{
    private static readonly string[] Skipped =
        ["bin", "obj", ".git", ".cache", ".work", "node_modules", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "__pycache__"];

    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".proto", ".py", ".mjs", ".json", ".md", ".sh", ".yaml", ".yml", ".toml", ".svg", ".sln", ".slnx", ".slnf", "Containerfile", "Dockerfile", "/pre-commit", "/run"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> TextFiles { get; } =
        [.. Walk(Root).Where(path => TextEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal))).Select(SourceFile.Read)];

    public static IEnumerable<SourceFile> CSharp => TextFiles.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static IEnumerable<string> Walk(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(child => !Skipped.Contains(Path.GetFileName(child))).SelectMany(Walk));

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Services.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"There is no Services.sln above {here}.");
    }
}
