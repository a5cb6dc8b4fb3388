using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Index.Collections;

namespace Sensorium.Index.Embedded;

/// <summary>
/// Collections in a folder, a file each. The folder is opened with the first call, and belongs to this process as long as it lives:
/// another one would not see its changes.
/// </summary>
internal sealed class EmbeddedStore(IOptions<IndexOptions> options) : ICollectionStore, IDisposable
{
    public const string StoreName = "embedded";
    private const string Ending = ".db";

    private readonly ConcurrentDictionary<string, EmbeddedCollection> _open = new(StringComparer.Ordinal);
    private readonly MemoryBudget _budget = new(options.Value.MaxVectorBytes);
    private readonly SemaphoreSlim _gate = new(1);
    private FileStream? _lock;

    public string Name => StoreName;

    private string Folder => options.Value.Folder;

    public Task<IReadOnlyList<CollectionDefinition>> ListAsync(CancellationToken cancellationToken) => ExclusivelyAsync<IReadOnlyList<CollectionDefinition>>(
        () =>
        {
            var names = Directory.EnumerateFiles(Folder, "*" + Ending).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);
            return [.. names.Select(Find).OfType<EmbeddedCollection>().Select(collection => collection.Definition)];
        },
        cancellationToken);

    public async Task<ICollectionItems?> FindAsync(string name, CancellationToken cancellationToken) =>
        _open.TryGetValue(name, out var known) ? known : await ExclusivelyAsync(() => Find(name), cancellationToken);

    public async Task<ICollectionItems?> CreateAsync(CollectionDefinition definition, CancellationToken cancellationToken) => await ExclusivelyAsync(
        () =>
        {
            if (Find(definition.Name) is not null)
            {
                return null;
            }

            DeleteFiles(definition.Name);
            return _open[definition.Name] = EmbeddedCollection.Create(PathOf(definition.Name), definition, _budget);
        },
        cancellationToken);

    public Task<bool> DropAsync(string name, CancellationToken cancellationToken) => ExclusivelyAsync(
        () =>
        {
            if (Find(name) is not { } collection)
            {
                return false;
            }

            _open.TryRemove(name, out _);
            collection.Dispose();
            DeleteFiles(name);
            return true;
        },
        cancellationToken);

    public void Dispose()
    {
        foreach (var collection in _open.Values)
        {
            collection.Dispose();
        }

        _open.Clear();
        _lock?.Dispose();
        _gate.Dispose();
    }

    private async Task<T> ExclusivelyAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            TakeFolder();
            return work();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw SqliteFaults.Unavailable(
                $"The folder of the collections cannot be used ({SqliteFaults.Explain(fault)}); let {IndexOptions.Section}:Folder name one that this process may write to.", fault);
        }
        finally
        {
            _gate.Release();
        }
    }

    private EmbeddedCollection? Find(string name)
    {
        if (_open.TryGetValue(name, out var known))
        {
            return known;
        }

        var path = PathOf(name);
        return File.Exists(path) && EmbeddedCollection.Open(path, _budget) is { } opened ? _open[name] = opened : null;
    }

    private void TakeFolder()
    {
        if (_lock is not null)
        {
            return;
        }

        Directory.CreateDirectory(Folder);
        try
        {
            _lock = new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault)
        {
            throw SqliteFaults.Unavailable($"The folder of the collections belongs to another process; give each its own by {IndexOptions.Section}:Folder, or name a store that several can share by {IndexOptions.Section}:Store.", fault);
        }
    }

    private string PathOf(string name) => Path.Combine(Folder, name + Ending);

    private void DeleteFiles(string name)
    {
        // The first is the one that makes it a collection.
        foreach (var ending in (string[])["", "-wal", "-shm"])
        {
            File.Delete(PathOf(name) + ending);
        }
    }
}
