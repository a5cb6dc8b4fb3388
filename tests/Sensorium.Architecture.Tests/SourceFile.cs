namespace Sensorium.Architecture.Tests;

/// <param name="Path">Relative to the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    private static readonly string[] ServedFolders = ["services/", "gateway/", "index/"];

    /// <summary>Part of what is shipped to be served.</summary>
    public bool IsServed => IsServedFrom(Path);

    public int Lines => Text.AsSpan().Count('\n');

    public static SourceFile Read(string path) => new(System.IO.Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path));

    public static bool IsServedFrom(string path) => Array.Exists(ServedFolders, folder => path.StartsWith(folder, StringComparison.Ordinal));

    public override string ToString() => Path;
}
