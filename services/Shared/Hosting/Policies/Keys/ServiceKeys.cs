using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Files;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>
/// The key that this process brings to other services, and those that it knows them by. Of a file, the first is brought and all are
/// known: so a key is replaced without a moment at which one service brings what another does not know.
/// </summary>
internal sealed partial class ServiceKeys
{
    private readonly Known? _configured;
    private readonly ChangingFiles<Known>? _ofFile;

    public ServiceKeys(IOptions<PeerOptions> options, TimeProvider time, ILogger<ServiceKeys> logger)
    {
        var peers = options.Value;
        _configured = peers.ApiKey.Length > 0 ? new Known([peers.ApiKey]) : null;
        var path = peers.ApiKeyPath;
        _ofFile = path.Length == 0 ? null : new ChangingFiles<Known>([path], () => Read(path), time)
        {
            Changed = known => LogRenewed(logger, path, known.Hashes.Length),
            Unreadable = error => LogNotRenewed(logger, error, path),
        };
    }

    public bool IsConfigured => _configured is not null || _ofFile is not null;

    /// <summary>What is brought to other services; null if nothing is.</summary>
    public string? Brought => Current?.Brought;

    private Known? Current => _ofFile?.Current ?? _configured;

    /// <param name="given">Hash of a key.</param>
    public bool Holds(byte[] given)
    {
        var known = false;
        foreach (var hash in Current?.Hashes ?? [])
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, given);
        }

        return known;
    }

    // An empty file, as while it is written, would leave services without any key.
    private static Known Read(string path) => KeyFile.ReadWhole(path) is { Length: > 0 } keys ? new Known(keys) : throw new InvalidDataException($"{path} has no key.");

    [LoggerMessage(5038, LogLevel.Information, "The {Count} keys of services of {Path} are known from now on, and the first is brought to others")]
    private static partial void LogRenewed(ILogger logger, string path, int count);

    [LoggerMessage(5039, LogLevel.Warning, "The keys of services of {Path} have changed but cannot be read; those before them are still known")]
    private static partial void LogNotRenewed(ILogger logger, Exception error, string path);

    private sealed class Known(string[] keys)
    {
        public string Brought => keys[0];

        public byte[][] Hashes { get; } = [.. keys.Select(KeySet.Hash)];
    }
}
