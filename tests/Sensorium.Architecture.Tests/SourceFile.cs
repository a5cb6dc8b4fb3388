namespace Sensorium.Architecture.Tests;

/// <param name="Path">Relative to the root, with forward slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public int Lines => Text.AsSpan().Count('\n');

    public static SourceFile Read(string path) => new(System.IO.Path.GetRelativePath(Repository.Root, path), File.ReadAllText(path));

    public override string ToString() => Path;
}
