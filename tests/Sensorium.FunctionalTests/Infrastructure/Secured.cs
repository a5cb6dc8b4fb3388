using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Sensorium.FunctionalTests.Models;
using Sensorium.Testing.Shared.Certificates;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>Six processes with TLS, which show each other certificates, bring each other a key, and ask callers for theirs; all of it in files.</summary>
public sealed class Secured : SixProcesses
{
    internal const string Alice = "alice-0123456789";
    internal const string Bob = "bobby-0123456789";

    /// <summary>Of a tenant with a quota.</summary>
    internal const string Measured = "measured-0123456789";

    private readonly ModelFolders _folders = new();
    private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("sensorium-keys-");
    private readonly X509Certificate2 _ofTests;

    public Secured()
    {
        Certificates.Renew(TimeSpan.FromHours(12));
        _ofTests = Certificates.Issue(CertificateFiles.ForClients);
        CertificateFiles.Write(ServiceKeysPath, OfServices);
        CertificateFiles.Write(AdminKeysPath, Administrator);
        _folders.AddBundledPack();
        _folders.AddPack("pictures", ["vision"], withDecoder: false);
    }

    /// <summary>The key that services bring; a test that replaces it says so here.</summary>
    internal string OfServices { get; set; } = "services-0123456789";

    /// <summary>A key of administrators; as <see cref="OfServices"/>.</summary>
    internal string Administrator { get; set; } = "carol-0123456789";

    internal CertificateFiles Certificates { get; } = new();

    internal string ServiceKeysPath => Path.Combine(_keys.FullName, "services");

    internal string AdminKeysPath => Path.Combine(_keys.FullName, "administrators");

    protected override bool IsSecured => true;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _ofTests.Dispose();
        Certificates.Dispose();
        _keys.Delete(recursive: true);
        _folders.Dispose();
    }

    internal override SocketsHttpHandler CreateHandler()
    {
        var handler = base.CreateHandler();
        handler.SslOptions = new SslClientAuthenticationOptions
        {
            LocalCertificateSelectionCallback = (_, _, _, _, _) => _ofTests,
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { Certificates.Root },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };
        return handler;
    }

    private protected override IReadOnlyDictionary<string, string> SettingsOf(string service)
    {
        var settings = new Dictionary<string, string>
        {
            ["Sensorium:Models:Folder"] = _folders.Root,
            ["Sensorium:Models:Default"] = "sensorium-mini",
            ["Sensorium:Host:CertificatePath"] = Certificates.CertificatePath,
            ["Sensorium:Host:KeyPath"] = Certificates.KeyPath,
            ["Sensorium:Services:CertificatePath"] = Certificates.CertificatePath,
            ["Sensorium:Services:KeyPath"] = Certificates.KeyPath,
            ["Sensorium:Services:AuthorityPath"] = Certificates.AuthorityPath,
            ["Sensorium:Services:ApiKeyPath"] = ServiceKeysPath,
        };
        (string Key, string Value)[] own = service == "gateway"
            ? [("Host:ApiKeys:0", Alice), ("Host:ApiKeys:1", Bob), ("Host:AdminKeysPath", AdminKeysPath), ("Tenants:measured:Keys:0", Measured), ("Tenants:measured:RequestsPerMinute", "1000")]
            : [("Host:ClientAuthorityPath", Certificates.AuthorityPath)];
        foreach (var (key, value) in own)
        {
            settings[$"Sensorium:{key}"] = value;
        }

        return settings;
    }
}
