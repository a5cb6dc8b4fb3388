using System.Collections.Concurrent;

namespace Sensorium.Core.Packs;

/// <summary>What lies in a folder without a list of digests: each file is read once when its digest is asked for.</summary>
internal sealed class FolderFiles(string root) : ModelFiles(root)
{
    private readonly ConcurrentDictionary<string, string> _digests = new(StringComparer.Ordinal);

    public override bool Contains(string path) => File.Exists(FullPath(path));

    public override string Digest(string path) => _digests.GetOrAdd(path, key => Hash(FullPath(key)));

    public override IEnumerable<string> InFolder(string folder, string namePart) => Directory.Exists(FullPath(folder))
        ? Directory.EnumerateFiles(FullPath(folder))
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(name => name.Contains(namePart, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => folder.Length == 0 ? name : $"{folder}/{name}")
        : [];
}
