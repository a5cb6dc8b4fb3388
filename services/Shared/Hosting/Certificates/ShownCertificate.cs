using System.Net.Security;
using Microsoft.Extensions.Logging;
using Sensorium.Hosting.Files;

namespace Sensorium.Hosting.Certificates;

/// <summary>
/// The certificate that this process shows to others, with its intermediates. A renewal needs no restart: handshakes after it
/// show the new one, connections that stand go on.
/// </summary>
internal sealed partial class ShownCertificate
{
    private readonly ChangingFiles<SslStreamCertificateContext> _files;

    public ShownCertificate(string certificatePath, string keyPath, TimeProvider time, ILogger logger) =>
        _files = new ChangingFiles<SslStreamCertificateContext>(
            [certificatePath, keyPath], () => PemFiles.ReadPair(certificatePath, keyPath), time)
        {
            Changed = read => LogRenewed(logger, certificatePath, read.TargetCertificate.NotAfter),
            Unreadable = error => LogNotRenewed(logger, error, certificatePath),
        };

    public SslStreamCertificateContext Current => _files.Current;

    /// <summary>In UTC; when the first of it and its intermediates runs out.</summary>
    public DateTime GoodUntil
    {
        get
        {
            var current = _files.Current;
            return current.IntermediateCertificates.Append(current.TargetCertificate).Min(certificate => certificate.NotAfter).ToUniversalTime();
        }
    }

    [LoggerMessage(5033, LogLevel.Information, "The certificate of {Path} is shown from now on; it is valid until {NotAfter:u}")]
    private static partial void LogRenewed(ILogger logger, string path, DateTime notAfter);

    [LoggerMessage(5034, LogLevel.Warning, "The certificate of {Path} has changed but cannot be used; the one before it is still shown")]
    private static partial void LogNotRenewed(ILogger logger, Exception error, string path);
}
