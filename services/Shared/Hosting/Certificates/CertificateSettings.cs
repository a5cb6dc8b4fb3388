using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Sensorium.Hosting.Certificates;

/// <summary>Checks the settings that name PEM files before anything is served, and names the setting and the file.</summary>
internal static class CertificateSettings
{
    public static void CheckPair(ValidateOptionsResultBuilder errors, string section, string certificatePath, string keyPath)
    {
        if (certificatePath.Length == 0 && keyPath.Length == 0)
        {
            return;
        }

        if (certificatePath.Length == 0 || keyPath.Length == 0)
        {
            errors.AddError($"{section}:CertificatePath and KeyPath must be set together.");
            return;
        }

        Check(errors, $"{section}:CertificatePath and KeyPath", [certificatePath, keyPath], () => PemFiles.ReadPair(certificatePath, keyPath));
    }

    /// <param name="errors">Takes what is wrong.</param>
    /// <param name="setting">With its section.</param>
    /// <param name="path">Empty if it is not set.</param>
    public static void CheckAuthority(ValidateOptionsResultBuilder errors, string setting, string path)
    {
        if (path.Length > 0)
        {
            Check(errors, setting, [path], () => PemFiles.ReadAll(path));
        }
    }

    private static void Check(ValidateOptionsResultBuilder errors, string setting, string[] paths, Func<object> read)
    {
        var missing = paths.Where(path => !File.Exists(path)).ToArray();
        if (missing.Length > 0)
        {
            errors.AddError($"{setting}: there is no file {string.Join(" and no file ", missing)}.");
            return;
        }

        try
        {
            read();
        }
        catch (CryptographicException error)
        {
            errors.AddError($"{setting}: {error.Message}");
        }
    }
}
