namespace Sensorium.Core.Packs;

/// <summary>The files of a model, by their path inside its folder.</summary>
internal abstract class ModelFiles(string root)
{
    public string Root { get; } = root;

    public abstract bool Contains(string path);

    /// <summary>SHA-256, hexadecimal.</summary>
    public abstract string Digest(string path);

    public string FullPath(string path) => Path.Combine(Root, path);

    /// <summary>Files of one folder (not of its subfolders) whose names have the given part, in order.</summary>
    public abstract IEnumerable<string> InFolder(string folder, string namePart);

    public static string Hash(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(stream));
    }
}
