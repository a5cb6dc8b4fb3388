using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sensorium.Hosting.Certificates;

/// <summary>How a connection to this process begins.</summary>
/// <param name="shown">Of this host.</param>
/// <param name="callers">Whose certificates callers must have; null asks them for none.</param>
internal sealed class ServerHandshake(ShownCertificate shown, Authorities? callers)
{
    public SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificateContext = shown.Current,
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = callers is not null,
        CertificateChainPolicy = callers?.Policy(),
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,

        // A session that is taken up again shows no certificate: whom an authority no longer vouches for would stay in.
        AllowTlsResume = callers is null,
    };
}
