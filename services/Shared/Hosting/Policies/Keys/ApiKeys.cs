using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>The keys that are let in: those of the configuration, and those of a file that is read again when it changes.</summary>
internal sealed class ApiKeys(IOptions<HostingOptions> options, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // Hashes are of equal length, so that comparing them takes equal time.
    private readonly byte[][] _configured = [.. options.Value.ApiKeys.Select(Hash)];
    private readonly string _path = options.Value.ApiKeysPath;
    private readonly Lock _gate = new();
    private FileKeys? _file;

    /// <summary>Without keys everyone is let in. A file that is configured asks for keys even while it has none.</summary>
    public bool AreAskedFor => _configured.Length > 0 || _path.Length > 0;

    public bool Know(string key)
    {
        var given = Hash(key);
        var known = false;
        foreach (var hash in Current())
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, given);
        }

        return known;
    }

    private byte[][] Current()
    {
        if (_path.Length == 0)
        {
            return _configured;
        }

        lock (_gate)
        {
            if (_file is null || time.GetElapsedTime(_file.LookedAt) >= LookAgain)
            {
                _file = Look(_file);
            }

            return _file.Hashes;
        }
    }

    // A file that cannot be read just now, as while it is replaced, leaves the keys that are known.
    private FileKeys Look(FileKeys? before)
    {
        try
        {
            var written = File.GetLastWriteTimeUtc(_path);
            return before is not null && before.Written == written
                ? before with { LookedAt = time.GetTimestamp() }
                : new FileKeys([.. _configured, .. Read().Select(Hash)], written, time.GetTimestamp());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new FileKeys(before?.Hashes ?? _configured, before?.Written ?? default, time.GetTimestamp());
        }
    }

    private IEnumerable<string> Read() => File.ReadAllLines(_path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private sealed record FileKeys(byte[][] Hashes, DateTime Written, long LookedAt);
}
