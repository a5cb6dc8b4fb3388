using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sensorium.Hosting.Certificates;

/// <summary>Reads certificates as PEM files hold them. What it throws names the file.</summary>
internal static class PemFiles
{
    /// <summary>A certificate with its key, and what else its file has: the intermediates, so that others need to know the root alone.</summary>
    /// <exception cref="CryptographicException">The files are not a PEM certificate and its key.</exception>
    public static SslStreamCertificateContext ReadPair(string certificatePath, string keyPath)
    {
        var chain = ReadAll(certificatePath);
        try
        {
            return SslStreamCertificateContext.Create(X509Certificate2.CreateFromPemFile(certificatePath, keyPath), chain, offline: true);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw new CryptographicException($"{keyPath} is not the private key, in PEM and without a password, of the certificate in {certificatePath}.", error);
        }
    }

    /// <summary>Every certificate of a file.</summary>
    /// <exception cref="CryptographicException">The file has none.</exception>
    public static X509Certificate2Collection ReadAll(string path)
    {
        var found = new X509Certificate2Collection();
        try
        {
            found.ImportFromPemFile(path);
        }
        catch (Exception error) when (IsUnreadable(error))
        {
            throw new CryptographicException($"{path} cannot be read as PEM: {error.Message}", error);
        }

        return found.Count > 0 ? found : throw new CryptographicException($"{path} has no certificate in PEM.");
    }

    private static bool IsUnreadable(Exception error) =>
        error is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException;
}
