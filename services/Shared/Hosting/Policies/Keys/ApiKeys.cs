using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>
/// The keys that are let in: those of the configuration, those of a file that is read again when it changes, those of
/// administrators, and the one that services bring.
/// </summary>
internal sealed class ApiKeys(IOptions<HostingOptions> options, IOptions<PeerOptions> peers, ServiceProfile profile, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    // Hashes are of equal length, so that comparing them takes equal time.
    private readonly byte[][] _configured = [.. options.Value.ApiKeys.Select(Hash)];
    private readonly byte[][] _ofAdministrators = [.. options.Value.AdminKeys.Select(Hash)];
    private readonly byte[]? _ofServices = peers.Value.ApiKey.Length > 0 ? Hash(peers.Value.ApiKey) : null;
    private readonly string _path = options.Value.ApiKeysPath;
    private readonly Lock _gate = new();
    private FileKeys? _file;

    /// <summary>
    /// Without keys everyone is let in. A file that is configured asks for keys even while it has none. Only the gateway has
    /// callers that are no services.
    /// </summary>
    public bool AreAskedFor =>
        _configured.Length > 0 || _ofAdministrators.Length > 0 || _path.Length > 0 || (_ofServices is not null && profile != ServiceProfile.Gateway);

    /// <summary>Null if the key is not known and one is asked for.</summary>
    public Caller? Identify(string key)
    {
        if (!AreAskedFor && _ofServices is null)
        {
            return Caller.Anyone;
        }

        var given = Hash(key);
        var id = Convert.ToHexStringLower(given.AsSpan(0, 8));
        if (_ofServices is not null && CryptographicOperations.FixedTimeEquals(_ofServices, given))
        {
            return new Caller(id, ReadsAll: true, Manages: true);
        }

        if (!AreAskedFor)
        {
            return Caller.Anyone;
        }

        // Encoders without a key of the services' own are called with one of the callers'.
        var calledByServices = _ofServices is null && profile != ServiceProfile.Gateway;
        var (isAdministrator, isKnown) = (Holds(_ofAdministrators, given), Holds(Current(), given));
        return isAdministrator || isKnown ? new Caller(id, calledByServices, Manages: isAdministrator || calledByServices) : null;
    }

    private static bool Holds(byte[][] hashes, byte[] given)
    {
        var known = false;
        foreach (var hash in hashes)
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
