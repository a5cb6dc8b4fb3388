using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sensorium.Hosting.UnitTests.Hosts;

/// <summary>A root, an intermediate, and PEM files of certificates that the intermediate has signed for this machine.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-certificates");
    private readonly X509Certificate2 _intermediate;

    public CertificateFiles()
    {
        Root = Sign("CN=test root", null, isAuthority: true);
        _intermediate = Sign("CN=test intermediate", Root, isAuthority: true);
    }

    public X509Certificate2 Root { get; }

    public string CertificatePath => Path.Combine(_folder.FullName, "tls.crt");

    public string KeyPath => Path.Combine(_folder.FullName, "tls.key");

    /// <summary>Writes a new certificate, with the intermediate behind it, and answers its thumbprint.</summary>
    public string Renew()
    {
        using var leaf = Sign("CN=127.0.0.1", _intermediate, isAuthority: false);
        using var key = leaf.GetECDsaPrivateKey()!;
        Write(KeyPath, key.ExportPkcs8PrivateKeyPem());
        Write(CertificatePath, leaf.ExportCertificatePem() + "\n" + _intermediate.ExportCertificatePem());
        return leaf.Thumbprint;
    }

    public void Break() => Write(CertificatePath, "not a certificate");

    public void Dispose()
    {
        Root.Dispose();
        _intermediate.Dispose();
        _folder.Delete(recursive: true);
    }

    // Two writes within the clock's resolution of the file system would look like one.
    private static void Write(string path, string text)
    {
        var before = File.Exists(path) ? File.GetLastWriteTimeUtc(path) : default;
        File.WriteAllText(path, text);
        if (File.GetLastWriteTimeUtc(path) <= before)
        {
            File.SetLastWriteTimeUtc(path, before.AddSeconds(1));
        }
    }

    private static X509Certificate2 Sign(string subject, X509Certificate2? issuer, bool isAuthority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        if (issuer is null)
        {
            return request.CreateSelfSigned(from, until);
        }

        using var signed = request.Create(issuer, issuer.NotBefore, issuer.NotAfter, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
