using System.Security.Cryptography;

namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>A folder of this machine.</summary>
internal sealed class FolderSource(string folder) : IModelSource
{
    private readonly string _root = Path.GetFullPath(folder);

    public string Name => _root;

    public Task<SourceListing> ListAsync(CancellationToken cancellationToken) => Task.FromResult(new SourceListing(
        "",
        [.. Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(_root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)]));

    public async Task<string> FetchAsync(string revision, string path, string target, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        var source = Path.Combine(_root, path);
        File.Copy(source, target, overwrite: true);
        var length = new FileInfo(source).Length;
        progress(length, length);
        await using var copy = File.OpenRead(target);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(copy, cancellationToken));
    }
}
