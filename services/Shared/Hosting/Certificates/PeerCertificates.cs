using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Certificates;

/// <summary>What this process shows to other services, and which of theirs it believes.</summary>
internal sealed class PeerCertificates
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";

    public PeerCertificates(IOptions<PeerOptions> options, TimeProvider time, ILogger<PeerCertificates> logger)
    {
        var peers = options.Value;
        Shown = peers.CertificatePath.Length > 0 ? new ShownCertificate(peers.CertificatePath, peers.KeyPath, time, logger) : null;
        Authorities = peers.AuthorityPath.Length > 0 ? new Authorities(peers.AuthorityPath, time, logger) : null;
    }

    /// <summary>Null where services are shown none.</summary>
    public ShownCertificate? Shown { get; }

    /// <summary>Null where those of the machine are believed.</summary>
    public Authorities? Authorities { get; }

    /// <summary>For the connections of one channel. What it refers to is asked at each handshake.</summary>
    /// <param name="peer">Whose names a certificate must have one of: what is connected to is the address of a replica.</param>
    public SslClientAuthenticationOptions Options(PeerAddress peer) => new()
    {
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        LocalCertificateSelectionCallback = Shown is null ? null : (_, _, _, _, _) => Shown.Current.TargetCertificate,
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            certificate is X509Certificate2 shown && peer.Uris.Any(uri => shown.MatchesHostname(uri.IdnHost)) && IsBelieved(shown, chain, errors),
    };

    private bool IsBelieved(X509Certificate2 shown, X509Chain? sent, SslPolicyErrors errors)
    {
        if (Authorities is null)
        {
            return (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None;
        }

        using var chain = new X509Chain { ChainPolicy = Authorities.Policy() };
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerUse));
        chain.ChainPolicy.ExtraStore.AddRange(sent?.ChainPolicy.ExtraStore ?? []);
        return chain.Build(shown);
    }
}
