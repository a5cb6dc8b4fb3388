using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Sensorium.Hosting.Hosts;

/// <summary>
/// The certificate that both ports show, with the intermediates of its PEM file, so that clients need to know the root alone.
/// The files are looked at before every handshake and read again when they have changed: a renewal needs no restart.
/// </summary>
internal sealed partial class ServerCertificate
{
    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private (DateTime Certificate, DateTime Key) _written;
    private SslStreamCertificateContext _context;

    /// <exception cref="CryptographicException">The files are not a PEM certificate and its key.</exception>
    public ServerCertificate(string certificatePath, string keyPath, ILogger logger)
    {
        (_certificatePath, _keyPath, _logger) = (certificatePath, keyPath, logger);
        _written = Written();
        _context = Read();
    }

    /// <summary>For one handshake.</summary>
    public SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificateContext = Current(),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
    };

    private SslStreamCertificateContext Current()
    {
        lock (_gate)
        {
            var written = Written();
            if (written != _written)
            {
                Renew(written);
            }

            return _context;
        }
    }

    // Two files are not replaced in one step: while they do not fit each other, the certificate that is known is shown.
    private void Renew((DateTime Certificate, DateTime Key) written)
    {
        try
        {
            _context = Read();
            LogRenewed(_certificatePath, _context.TargetCertificate.NotAfter);
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            LogNotRenewed(error, _certificatePath);
        }

        _written = written;
    }

    private SslStreamCertificateContext Read()
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificatePath);
        return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(_certificatePath, _keyPath), chain, offline: true);
    }

    private (DateTime Certificate, DateTime Key) Written() => (File.GetLastWriteTimeUtc(_certificatePath), File.GetLastWriteTimeUtc(_keyPath));

    [LoggerMessage(5033, LogLevel.Information, "The certificate of {Path} is shown from now on; it is valid until {NotAfter:u}")]
    private partial void LogRenewed(string path, DateTime notAfter);

    [LoggerMessage(5034, LogLevel.Warning, "The certificate of {Path} has changed but cannot be used; the one before it is still shown")]
    private partial void LogNotRenewed(Exception error, string path);
}
