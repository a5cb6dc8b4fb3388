using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Media.Sources;

/// <summary>See <see cref="IMediaStore"/>. All bookkeeping happens under one lock; no file is read or written there.</summary>
internal sealed partial class MediaStore : IMediaStore, IDisposable
{
    private static readonly TimeSpan InUse = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly MediaStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MediaStore> _logger;
    private readonly StoreFolder _folder;
    private readonly ITimer _sweeper;
    private long _bytes;
    private long _reserved;

    public MediaStore(IOptions<MediaStoreOptions> options, StoreFolder folder, TimeProvider time, ILogger<MediaStore> logger)
    {
        (_options, _folder, _time, _logger) = (options.Value, folder, time, logger);
        var period = _options.Lifetime / 4;
        _sweeper = time.CreateTimer(_ => RemoveExpired(), null, period, period);
    }

    /// <summary>Bytes of all kept media and of uploads under way.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes + _reserved;
            }
        }
    }

    public IMediaContent? TryOpen(string sha256, string? owner = null)
    {
        lock (_gate)
        {
            if (!TryGetLive(sha256, out var entry) || (owner is not null && !entry.Owners.Contains(owner)))
            {
                return null;
            }

            entry.Leases++;
            entry.LastUsed = _time.GetUtcNow();
            return new FileMediaContent(entry.Path, sha256, entry.SizeBytes, () => Release(entry));
        }
    }

    public StoredMedia? Keep(string sha256, string owner)
    {
        lock (_gate)
        {
            if (!TryGetLive(sha256, out var entry) || !entry.Owners.Contains(owner))
            {
                return null;
            }

            entry.LastUsed = _time.GetUtcNow();
            entry.KeptUntil = entry.LastUsed + _options.Lifetime;
            return Describe(entry);
        }
    }

    public IMediaUpload BeginUpload(long announcedBytes = 0, string? announcedSha256 = null, string? owner = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(announcedBytes);
        if (announcedBytes > _options.MaxMediaBytes)
        {
            throw MediaError.TooLarge(announcedBytes, _options.MaxMediaBytes);
        }

        var part = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N") + ".part");
        return new MediaUpload(this, part, announcedSha256, owner, _options.MaxMediaBytes);
    }

    /// <summary>Makes room for bytes that are about to be written.</summary>
    public void Reserve(long bytes)
    {
        lock (_gate)
        {
            if (!TryMakeRoom(bytes))
            {
                throw SensoriumException.Overloaded(
                    $"The media store holds {_bytes + _reserved} of {_options.MaxTotalBytes} bytes, all of them in use or promised.", RoomComesIn());
            }

            _reserved += bytes;
        }
    }

    public void Unreserve(long bytes)
    {
        lock (_gate)
        {
            _reserved -= bytes;
        }
    }

    /// <summary>Turns a finished upload into an entry; content that is here already is kept and the new file dropped.</summary>
    public StoredMedia Commit(string partPath, string sha256, long bytes, string? owner)
    {
        lock (_gate)
        {
            _reserved -= bytes;
            if (TryGetLive(sha256, out var entry))
            {
                File.Delete(partPath);
            }
            else
            {
                var path = Path.Combine(_folder.Path, sha256);
                File.Move(partPath, path, overwrite: true);
                entry = new Entry(sha256, path, bytes);
                _entries.Add(sha256, entry);
                _bytes += bytes;
            }

            if (owner is not null)
            {
                entry.Owners.Add(owner);
            }

            entry.LastUsed = _time.GetUtcNow();
            return Describe(entry);
        }
    }

    public void Dispose() => _sweeper.Dispose();

    private bool TryMakeRoom(long bytes)
    {
        while (_bytes + _reserved + bytes > _options.MaxTotalBytes)
        {
            var now = _time.GetUtcNow();
            var oldest = _entries.Values.Where(entry => entry.Leases == 0 && entry.KeptUntil <= now).MinBy(entry => entry.LastUsed);
            if (oldest is null)
            {
                return false;
            }

            Remove(oldest);
            LogEvicted(oldest.Sha256, oldest.SizeBytes);
        }

        return true;
    }

    // Content in use may be let go soon; that which was promised is so at a known time.
    private TimeSpan RoomComesIn()
    {
        var waits = _entries.Values.Select(entry => entry.Leases > 0 ? InUse : entry.KeptUntil - _time.GetUtcNow());
        return waits.DefaultIfEmpty(InUse).Min();
    }

    private void RemoveExpired()
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values.Where(IsExpired).ToArray())
            {
                Remove(entry);
                LogExpired(entry.Sha256, entry.SizeBytes);
            }
        }
    }

    private void Release(Entry entry)
    {
        lock (_gate)
        {
            entry.Leases--;
            entry.LastUsed = _time.GetUtcNow();
        }
    }

    private bool TryGetLive(string sha256, [NotNullWhen(true)] out Entry? entry) =>
        _entries.TryGetValue(sha256, out entry) && !IsExpired(entry);

    private bool IsExpired(Entry entry) => entry.Leases == 0 && entry.LastUsed + _options.Lifetime <= _time.GetUtcNow();

    private StoredMedia Describe(Entry entry) => new(entry.Sha256, entry.SizeBytes, entry.LastUsed + _options.Lifetime);

    private void Remove(Entry entry)
    {
        _entries.Remove(entry.Sha256);
        _bytes -= entry.SizeBytes;
        File.Delete(entry.Path);
    }

    private sealed class Entry(string sha256, string path, long sizeBytes)
    {
        public string Sha256 { get; } = sha256;

        public string Path { get; } = path;

        public long SizeBytes { get; } = sizeBytes;

        /// <summary>Who uploaded it.</summary>
        public HashSet<string> Owners { get; } = new(StringComparer.Ordinal);

        public int Leases { get; set; }

        public DateTimeOffset LastUsed { get; set; }

        /// <summary>Not evicted before then, as its uploader was told.</summary>
        public DateTimeOffset KeptUntil { get; set; }
    }
}
