namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>Takes a model into a folder of models: it appears there whole, or not at all.</summary>
internal sealed class ModelPull(IModelSource source, string models, string id, string variant, bool force)
{
    // Names that begin with a dot are no models.
    private readonly string _staging = Path.Combine(models, $".pull-{id}");
    private readonly string _target = Path.Combine(models, id);

    /// <returns>What was taken; null if it was there already.</returns>
    public async Task<PullLock?> RunAsync(Func<string, Action<long, long?>> progressOf, CancellationToken cancellationToken)
    {
        var listing = await source.ListAsync(cancellationToken);
        var files = PullSelection.Choose(listing.Files, variant);
        if (Directory.Exists(_target) && !force)
        {
            return IsSame(PullLock.Read(_target), listing)
                ? null
                : throw new PullException($"'{_target}' is there already, and is not what would be taken; --force replaces it");
        }

        try
        {
            var taken = await FetchAsync(listing, files, progressOf, cancellationToken);
            taken.Write(_staging);
            Appear();
            return taken;
        }
        catch (IOException error) when (IsFull(error))
        {
            throw new PullException($"there is no space left for '{_target}'; what came is kept in '{_staging}', make room and run the command again", error);
        }
    }

    private async Task<PullLock> FetchAsync(
        SourceListing listing, IReadOnlyList<string> files, Func<string, Action<long, long?>> progressOf, CancellationToken cancellationToken)
    {
        PrepareStaging(listing.Revision);
        var taken = new List<LockedFile>(files.Count);
        foreach (var path in files)
        {
            var target = Path.Combine(_staging, path);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var digest = await source.FetchAsync(listing.Revision, path, target, progressOf(path), cancellationToken);
            taken.Add(new LockedFile(path, new FileInfo(target).Length, digest));
        }

        return new PullLock(source.Name, listing.Revision, variant, taken);
    }

    // What an earlier attempt left is gone on with only if it is of the same revision and variant.
    private void PrepareStaging(string revision)
    {
        var mark = Path.Combine(_staging, ".of");
        var wanted = $"{source.Name}\n{revision}\n{variant}";
        if (Directory.Exists(_staging) && (!File.Exists(mark) || File.ReadAllText(mark) != wanted))
        {
            Directory.Delete(_staging, recursive: true);
        }

        Directory.CreateDirectory(_staging);
        File.WriteAllText(mark, wanted);
    }

    private void Appear()
    {
        File.Delete(Path.Combine(_staging, ".of"));
        var old = Path.Combine(models, $".old-{id}");
        if (Directory.Exists(_target))
        {
            Directory.Move(_target, old);
        }

        Directory.Move(_staging, _target);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    private bool IsSame(PullLock? there, SourceListing listing) =>
        there is not null && there.Source == source.Name && there.Revision == listing.Revision && there.Variant == variant;

    // ENOSPC and EDQUOT; on Windows ERROR_DISK_FULL.
    private static bool IsFull(IOException error) => (error.HResult & 0xFFFF) is 28 or 122 or 112;
}
