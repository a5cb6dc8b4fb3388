using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Sensorium.Hosting.Files;

namespace Sensorium.Hosting.Certificates;

/// <summary>
/// Whose certificates are believed: those of one file, and no other of the machine. The file has the roots, and intermediates that
/// others do not send. It is read again when it changes; connections that stand go on.
/// </summary>
internal sealed partial class Authorities
{
    private readonly ChangingFiles<X509Certificate2Collection> _files;

    public Authorities(string path, TimeProvider time, ILogger logger) =>
        _files = new ChangingFiles<X509Certificate2Collection>([path], () => PemFiles.ReadAll(path), time)
        {
            Changed = read => LogRenewed(logger, path, read.Count),
            Unreadable = error => LogNotRenewed(logger, error, path),
        };

    /// <summary>In UTC; when the last of them runs out: one that is replaced lies beside the next one for a while.</summary>
    public DateTime GoodUntil => _files.Current.Max(authority => authority.NotAfter).ToUniversalTime();

    /// <summary>For one check. Nothing is looked up elsewhere.</summary>
    public X509ChainPolicy Policy()
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.AddRange(_files.Current);
        return policy;
    }

    [LoggerMessage(5035, LogLevel.Information, "The {Count} authorities of {Path} are believed from now on")]
    private static partial void LogRenewed(ILogger logger, string path, int count);

    [LoggerMessage(5036, LogLevel.Warning, "The authorities of {Path} have changed but cannot be read; those before them are still believed")]
    private static partial void LogNotRenewed(ILogger logger, Exception error, string path);
}
