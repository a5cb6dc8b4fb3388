namespace Sensorium.Core.Packs;

/// <summary>The files that a manifest lists, by their path inside the pack. What is not listed does not exist.</summary>
internal sealed class PackFiles(string root, IReadOnlyDictionary<string, string> digests) : ModelFiles(root)
{
    private const int DigestLength = 64;

    public override bool Contains(string path) => digests.ContainsKey(path);

    public override string Digest(string path) => digests[path];

    public override IEnumerable<string> InFolder(string folder, string namePart) => digests.Keys
        .Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal)
            && path.IndexOf('/', folder.Length + 1) < 0
            && path[(folder.Length + 1)..].Contains(namePart, StringComparison.Ordinal))
        .Order(StringComparer.Ordinal);

    /// <summary>Reads every file once, several at a time, and tells which are missing or differ from their digest.</summary>
    public IReadOnlyList<string> Verify() =>
        [.. digests.AsParallel().AsOrdered().Select(file => Problem(file.Key, file.Value)).OfType<string>().Order(StringComparer.Ordinal)];

    private string? Problem(string path, string expected)
    {
        if (!StaysInside(path))
        {
            return $"'{path}' in 'files' leads out of the pack";
        }

        if (expected is not { Length: DigestLength } || !expected.All(char.IsAsciiHexDigit))
        {
            return $"the digest of '{path}' is not {DigestLength} hexadecimal digits";
        }

        if (!File.Exists(FullPath(path)))
        {
            return $"'{path}' is listed but missing";
        }

        var actual = Hash(FullPath(path));
        return actual.Equals(expected, StringComparison.OrdinalIgnoreCase)
            ? null
            : $"'{path}' has SHA-256 {actual}, but the manifest says {expected}";
    }

    private static bool StaysInside(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Split('/', '\\').Contains("..");
}
