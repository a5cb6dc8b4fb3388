using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sensorium.Testing.Shared.Certificates;

/// <summary>A root, an intermediate, and PEM files of certificates that the intermediate has signed for this machine.</summary>
public sealed class CertificateFiles : IDisposable
{
    public const string ForServers = "1.3.6.1.5.5.7.3.1";
    public const string ForClients = "1.3.6.1.5.5.7.3.2";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-certificates");
    private readonly X509Certificate2 _intermediate;
    private readonly bool _ofNamesAlone;

    /// <param name="ofNamesAlone">Certificates do not have the address, as those of pods do not.</param>
    public CertificateFiles(bool ofNamesAlone = false)
    {
        _ofNamesAlone = ofNamesAlone;
        Root = Sign("CN=test root", null, isAuthority: true);
        _intermediate = Sign("CN=test intermediate", Root, isAuthority: true);
        Write(AuthorityPath, Authority);
    }

    public X509Certificate2 Root { get; }

    /// <summary>The root and the intermediate, in PEM.</summary>
    public string Authority => Root.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem();

    public string CertificatePath => Path.Combine(_folder.FullName, "tls.crt");

    public string KeyPath => Path.Combine(_folder.FullName, "tls.key");

    public string AuthorityPath => Path.Combine(_folder.FullName, "ca.crt");

    /// <summary>Writes a new certificate, with the intermediate behind it, and answers its thumbprint.</summary>
    /// <param name="goodFor">From now; null for as long as the intermediate.</param>
    public string Renew(TimeSpan? goodFor = null)
    {
        using var leaf = Sign("CN=127.0.0.1", _intermediate, isAuthority: false, until: DateTimeOffset.UtcNow + goodFor);
        using var key = leaf.GetECDsaPrivateKey()!;
        Write(KeyPath, key.ExportPkcs8PrivateKeyPem());
        Write(CertificatePath, leaf.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem());
        return leaf.Thumbprint;
    }

    public void Break() => Write(CertificatePath, "not a certificate");

    /// <summary>A certificate with its key.</summary>
    /// <param name="use">What alone it may be used for; null leaves that open.</param>
    /// <param name="expired">Its time is over.</param>
    public X509Certificate2 Issue(string? use = null, bool expired = false) => Sign("CN=127.0.0.1", _intermediate, isAuthority: false, use, expired ? DateTimeOffset.UtcNow.AddDays(-1) : null);

    public void Dispose()
    {
        Root.Dispose();
        _intermediate.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Two writes within the clock's resolution of the file system would look like one.</summary>
    public static void Write(string path, string text)
    {
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        File.WriteAllText(path, text);
        if (File.GetLastWriteTimeUtc(path) <= before)
        {
            File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
        }
    }

    private X509Certificate2 Sign(string subject, X509Certificate2? issuer, bool isAuthority, string? use = null, DateTimeOffset? until = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("vision.example");
        if (!_ofNamesAlone)
        {
            names.AddIpAddress(System.Net.IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        if (use is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        }

        var (from, last) = (DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(2));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, last);
        }

        using var signed = request.Create(issuer, issuer.NotBefore, until ?? issuer.NotAfter, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
