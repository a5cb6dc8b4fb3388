using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Files;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>
/// The keys that are let in: those of the configuration, those of a file that is read again when it changes, those of
/// administrators, and the one that services bring.
/// </summary>
internal sealed class ApiKeys(IOptions<HostingOptions> options, IOptions<PeerOptions> peers, ServiceProfile profile, TimeProvider time)
{
    // Hashes are of equal length, so that comparing them takes equal time.
    private readonly byte[][] _configured = [.. options.Value.ApiKeys.Select(Hash)];
    private readonly byte[][] _ofAdministrators = [.. options.Value.AdminKeys.Select(Hash)];
    private readonly byte[]? _ofServices = peers.Value.ApiKey.Length > 0 ? Hash(peers.Value.ApiKey) : null;
    private readonly ChangingFiles<byte[][]>? _ofFile = OfFile(options.Value, time);

    /// <summary>
    /// Without keys everyone is let in. A file that is configured asks for keys even while it has none. Only the gateway has
    /// callers that are no services.
    /// </summary>
    public bool AreAskedFor =>
        _configured.Length > 0 || _ofAdministrators.Length > 0 || _ofFile is not null || (_ofServices is not null && profile != ServiceProfile.Gateway);

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
        var (isAdministrator, isKnown) = (Holds(_ofAdministrators, given), Holds(_ofFile?.Current ?? _configured, given));
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

    private static IEnumerable<string> Read(string path) => File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#');

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    // A file that cannot be read just now, as while it is replaced, leaves the keys that are known.
    private static ChangingFiles<byte[][]>? OfFile(HostingOptions host, TimeProvider time) =>
        host.ApiKeysPath.Length == 0 ? null : new([host.ApiKeysPath], () => [.. host.ApiKeys.Concat(Read(host.ApiKeysPath)).Select(Hash)], time);
}
