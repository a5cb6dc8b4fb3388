using Microsoft.Extensions.Configuration;
using Sensorium.Core.Media;
using Sensorium.Hosting.Settings;
using Sensorium.Testing.Shared.Certificates;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Certificates;

/// <summary>Faults are told before anything is served, with the setting and the file.</summary>
public sealed class CertificateSettingsTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    public CertificateSettingsTests() => _files.Renew();

    [Fact]
    public void Files_that_fit_are_no_fault()
    {
        Assert.Empty(OfHost(_files.CertificatePath, _files.KeyPath, _files.AuthorityPath));
        Assert.Empty(OfPeers(_files.CertificatePath, _files.KeyPath, _files.AuthorityPath));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        Assert.Contains("/nowhere/tls.key", Told("KeyPath", OfHost(_files.CertificatePath, "/nowhere/tls.key")), StringComparison.Ordinal);
        Assert.Contains("/nowhere/tls.crt", Told("CertificatePath", OfPeers("/nowhere/tls.crt", _files.KeyPath)), StringComparison.Ordinal);
        Assert.Contains("/nowhere/ca.crt", Told("ClientAuthorityPath", OfHost(_files.CertificatePath, _files.KeyPath, "/nowhere/ca.crt")), StringComparison.Ordinal);
        Assert.Contains("/nowhere/ca.crt", Told("AuthorityPath", OfPeers("", "", "/nowhere/ca.crt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_certificate_is_named()
    {
        Assert.Contains(_files.KeyPath, Told("CertificatePath", OfHost(_files.KeyPath, _files.KeyPath)), StringComparison.Ordinal);
        Assert.Contains(_files.KeyPath, Told("AuthorityPath", OfPeers("", "", _files.KeyPath)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_of_another_certificate_is_named()
    {
        using var other = new CertificateFiles();
        other.Renew();

        Assert.Contains($"{other.KeyPath} is not the private key", Told("KeyPath", OfHost(_files.CertificatePath, other.KeyPath)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_alone_is_half_a_setting() => Told("KeyPath", OfPeers(_files.CertificatePath, ""));

    [Fact]
    public void Certificates_that_plain_text_would_leave_unused_are_a_fault()
    {
        Told("CertificatePath", OfHost("", "", _files.AuthorityPath));
        Told("Sensorium:Services:Vision", OfPeers("", "", _files.AuthorityPath, "http://vision:7102"));
    }

    [Fact]
    public void A_service_that_asks_for_certificates_may_listen_to_all_without_a_key()
    {
        var options = new HostingOptions
        {
            Address = "*",
            CertificatePath = _files.CertificatePath,
            KeyPath = _files.KeyPath,
            ClientAuthorityPath = _files.AuthorityPath,
        };

        Assert.Empty(Validate(options));

        // The faces of the gateway that speak HTTP ask for none.
        Told("Sensorium:Host:ApiKeys", Validate(options, ServiceProfile.Gateway));
    }

    public void Dispose() => _files.Dispose();

    private static string Told(string setting, IReadOnlyList<string> faults)
    {
        var fault = Assert.Single(faults);
        Assert.Contains(setting, fault, StringComparison.Ordinal);
        return fault;
    }

    private static string[] OfHost(string certificate, string key, string authority = "") =>
        Validate(new HostingOptions { CertificatePath = certificate, KeyPath = key, ClientAuthorityPath = authority });

    private static string[] Validate(HostingOptions options, ServiceProfile? profile = null)
    {
        (options.GrpcPort, options.HttpPort) = (1, 2);
        var validator = new HostingOptionsValidator(profile ?? ServiceProfile.Encoder(Modality.Image), new ConfigurationBuilder().Build());
        return [.. validator.Validate(null, options).Failures ?? []];
    }

    private static string[] OfPeers(string certificate, string key, string authority = "", string vision = "https://vision:7102") =>
    [
        .. new PeerOptionsValidator().Validate(null, new PeerOptions
        {
            Vision = vision,
            CertificatePath = certificate,
            KeyPath = key,
            AuthorityPath = authority,
        }).Failures ?? [],
    ];
}
