using System.Security.Cryptography;
using System.Text;
using Sensorium.Hosting.Files;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>Keys of the configuration, and of a file that is read again when it changes.</summary>
/// <param name="configured">Those that are always known.</param>
/// <param name="path">One key a line; empty for no file.</param>
internal sealed class KeySet(IEnumerable<string> configured, string path, TimeProvider time)
{
    // Hashes are of equal length, so that comparing them takes equal time.
    private readonly byte[][] _configured = [.. configured.Select(Hash)];

    // A file that cannot be read just now, as while it is replaced, leaves the keys that are known.
    private readonly ChangingFiles<byte[][]>? _ofFile =
        path.Length == 0 ? null : new([path], () => [.. configured.Concat(KeyFile.ReadWhole(path)).Select(Hash)], time);

    /// <summary>There are keys, or a file that may have some.</summary>
    public bool IsConfigured => _configured.Length > 0 || _ofFile is not null;

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public bool Holds(byte[] given)
    {
        var known = false;
        foreach (var hash in _ofFile?.Current ?? _configured)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, given);
        }

        return known;
    }
}
