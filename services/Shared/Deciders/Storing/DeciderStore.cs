using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Deciding;

namespace Sensorium.Deciders.Storing;

/// <summary>
/// The deciders of a folder, one subfolder for each version. A decider is loaded when it is asked for; those that were not asked for
/// longest are unloaded. Replicas that share the folder serve the same deciders.
/// </summary>
public sealed class DeciderStore : IDisposable
{
    private readonly ConcurrentDictionary<string, (Lazy<Decider> Decider, long Used)> _loaded = new(StringComparer.Ordinal);
    private readonly Lock _writing = new();
    private readonly string _folder;
    private readonly bool _isTemporary;
    private readonly int _maxLoaded;
    private long _clock;

    /// <param name="folder">Empty keeps deciders as long as the process runs.</param>
    /// <param name="maxLoaded">How many are in memory at a time.</param>
    public DeciderStore(string folder, int maxLoaded)
    {
        _isTemporary = folder.Length == 0;
        _folder = _isTemporary ? Directory.CreateTempSubdirectory("sensorium-deciders-").FullName : Path.GetFullPath(folder);
        _maxLoaded = maxLoaded;
    }

    /// <summary>Every version of every decider, by name, the newest of each first. One that cannot be read is left out.</summary>
    public IReadOnlyList<ListedDecider> List() =>
    [
        .. from id in Subfolders(_folder).Order(StringComparer.Ordinal)
           from version in VersionsOf(id).OrderDescending()
           let folder = FolderOf(id, version)
           let info = TryReadInfo(folder)
           where info is not null
           select new ListedDecider(info, SizeOf(folder), MemoryOf(info.Name)),
    ];

    /// <summary>What is known of a decider without loading it; null if there is none of this name.</summary>
    public DeciderInfo? Find(string name) => Resolve(name) is { } found ? TryReadInfo(FolderOf(found.Id, found.Version!.Value)) : null;

    /// <exception cref="SensoriumException">DECIDER_NOT_FOUND, naming those that there are.</exception>
    public Decider Get(string name)
    {
        var found = Resolve(name) ?? throw NotFound(name);
        var folder = FolderOf(found.Id, found.Version!.Value);
        var used = Interlocked.Increment(ref _clock);
        var entry = _loaded.AddOrUpdate(found.ToString(), _ => (new Lazy<Decider>(() => DeciderFiles.Read(folder)), used), (_, known) => (known.Decider, used));
        UnloadOldest();
        try
        {
            return entry.Decider.Value;
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            _loaded.TryRemove(found.ToString(), out _);
            throw Unreadable(found, error);
        }
    }

    /// <summary>Reads a decider and lets it go: what is in memory stays as it is.</summary>
    /// <exception cref="SensoriumException">DECIDER_NOT_FOUND, or it cannot be read.</exception>
    public Decider Read(string name)
    {
        var found = Resolve(name) ?? throw NotFound(name);
        try
        {
            return DeciderFiles.Read(FolderOf(found.Id, found.Version!.Value));
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw Unreadable(found, error);
        }
    }

    /// <summary>Keeps a decider as the next version of its id.</summary>
    public DeciderInfo Add(Decider decider)
    {
        lock (_writing)
        {
            var version = VersionsOf(decider.Info.Id).DefaultIfEmpty(0).Max() + 1;
            var info = decider.Info with { Version = version };
            var folder = FolderOf(info.Id, version);

            // Written beside its place: whoever lists the folder finds all of it, or nothing.
            var beside = $"{folder}.{Guid.NewGuid():N}";
            DeciderFiles.Write(beside, new Decider(info, decider.Model, decider.Cases));
            Directory.Move(beside, folder);
            return info;
        }
    }

    /// <summary>Gives its memory back; it is loaded again when it is asked for. False if it was not loaded.</summary>
    public bool Unload(string name) => _loaded.TryRemove((Resolve(name) ?? throw NotFound(name)).ToString(), out _);

    /// <summary>Removes one version, or all versions of an id.</summary>
    public void Delete(string name)
    {
        var newest = Resolve(name) ?? throw NotFound(name);
        lock (_writing)
        {
            foreach (var version in DeciderName.Find(name)!.Version is { } one ? [one] : VersionsOf(newest.Id).ToArray())
            {
                _loaded.TryRemove(new DeciderName(newest.Id, version).ToString(), out _);
                Directory.Delete(FolderOf(newest.Id, version), recursive: true);
            }
        }
    }

    public void Dispose()
    {
        if (_isTemporary && Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static DeciderInfo? TryReadInfo(string folder)
    {
        try
        {
            return DeciderFiles.ReadInfo(folder);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return null;
        }
    }

    private static bool IsUnreadable(Exception error) => error is IOException or JsonException or UnauthorizedAccessException;

    private static SensoriumException Unreadable(DeciderName found, Exception error) =>
        new(ErrorCode.NotFound, ErrorReasons.DeciderNotFound, $"Decider '{found}' cannot be read: {error.GetType().Name}.", error) { Field = "decider" };

    // 0 where another replica removes it meanwhile.
    private static long SizeOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            return 0;
        }
    }

    private long? MemoryOf(string name) => _loaded.TryGetValue(name, out var entry) ? entry.Decider.IsValueCreated ? entry.Decider.Value.MemoryBytes : 0 : null;

    private DeciderName? Resolve(string name)
    {
        if (DeciderName.Find(name) is not { } asked)
        {
            return null;
        }

        var versions = VersionsOf(asked.Id).Where(version => asked.Version is null || version == asked.Version).ToArray();
        return versions.Length == 0 ? null : asked with { Version = versions.Max() };
    }

    private void UnloadOldest()
    {
        while (_loaded.Count > _maxLoaded)
        {
            _loaded.TryRemove(_loaded.MinBy(pair => pair.Value.Used).Key, out _);
        }
    }

    private IEnumerable<int> VersionsOf(string id) => Subfolders(Path.Combine(_folder, id))
        .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0)
        .Where(version => version > 0);

    private static IEnumerable<string> Subfolders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)) : [];

    private string FolderOf(string id, int version) => Path.Combine(_folder, id, version.ToString(CultureInfo.InvariantCulture));

    private SensoriumException NotFound(string name) => new(
        ErrorCode.NotFound,
        ErrorReasons.DeciderNotFound,
        $"There is no decider \"{name}\" here; there is: {string.Join(", ", List().Select(pair => pair.Info.Name).DefaultIfEmpty("none"))}.")
    {
        Field = "decider",
    };
}

/// <param name="SizeBytes">Of its files.</param>
/// <param name="Memory">What it takes; null if it is not loaded.</param>
public sealed record ListedDecider(DeciderInfo Info, long SizeBytes, long? Memory)
{
    public bool IsLoaded => Memory is not null;

    public long MemoryBytes => Memory ?? 0;
}
