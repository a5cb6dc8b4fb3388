using k8s.Models;
using Microsoft.Extensions.Configuration;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Deployment.Tests.Certificates;

/// <summary>What k8s/components/mtls mounts, sets and asks for fits together, and fits the code.</summary>
public sealed class MutualTlsManifestTests
{
    // With what is optional, too: it is one more service that others call.
    private static readonly Overlay Deployed = Overlay.Named("k8s/overlays/mtls k8s/components/image-generation k8s/components/image-generation-mtls");

    public static TheoryData<string> Hosts => [.. Host.Names.Select(name => name.Data), ServiceProfile.ImageGeneration.Name];

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Every_host_finds_its_certificate_where_its_secret_is_mounted(string name)
    {
        var (host, peers) = Settings(name);
        var mount = Assert.Single(Container(name).VolumeMounts, mount => mount.Name == "tls");
        var secret = Deployed.Pod(name).Volumes.Single(volume => volume.Name == "tls").Secret;

        Assert.Equal(($"{mount.MountPath}/tls.crt", $"{mount.MountPath}/tls.key"), (host.CertificatePath, host.KeyPath));
        Assert.Equal((host.CertificatePath, host.KeyPath, $"{mount.MountPath}/ca.crt"), (peers.CertificatePath, peers.KeyPath, peers.AuthorityPath));
        Assert.True(mount.ReadOnlyProperty);
        Assert.Equal(Convert.ToInt32("440", 8), secret.DefaultMode);
        Assert.Contains(Certificates, certificate => certificate.Spec.SecretName == secret.SecretName);
    }

    /// <summary>Callers of the gateway have keys.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public void Every_service_but_the_gateway_asks_for_certificates_of_the_authority(string name)
    {
        var (host, peers) = Settings(name);

        Assert.Equal(name == "gateway" ? "" : peers.AuthorityPath, host.ClientAuthorityPath);
    }

    [Fact]
    public void Every_address_is_the_name_of_a_certificate_for_servers_and_clients()
    {
        var (_, peers) = Settings("gateway");

        Assert.All([peers.Text, peers.Vision, peers.Audio, peers.Video, peers.Generation, peers.ImageGeneration, peers.Gateway], address =>
        {
            var uri = new Uri(address);
            var certificate = Assert.Single(Certificates, certificate => certificate.Spec.DnsNames.Contains(uri.Host));
            Assert.Equal("https", uri.Scheme);
            Assert.Equal($"{uri.Host.Replace("-replicas", "", StringComparison.Ordinal)}-tls", certificate.Spec.SecretName);
            Assert.Superset(new HashSet<string> { "server auth", "client auth" }, certificate.Spec.Usages.ToHashSet());
        });
    }

    [Fact]
    public void The_gateway_alone_is_also_what_a_forwarded_port_is_called() =>
        Assert.Equal("gateway-tls", Assert.Single(Certificates, certificate => certificate.Spec.DnsNames.Contains("localhost")).Spec.SecretName);

    [Fact]
    public void Certificates_are_signed_by_the_authority_of_the_namespace()
    {
        var issuers = Deployed.Objects.OfType<Issuer>().ToDictionary(issuer => issuer.Metadata.Name);
        var authority = Assert.Single(Deployed.Objects.OfType<Certificate>(), certificate => certificate.Spec.IsCA);

        Assert.All(Certificates, certificate => Assert.Equal(authority.Spec.SecretName, issuers[certificate.Spec.IssuerRef.Name].Spec.Ca?.SecretName));
        Assert.NotNull(issuers[authority.Spec.IssuerRef.Name].Spec.SelfSigned);
    }

    /// <summary>The kubelet shows no certificate, and speaks no TLS to gRPC.</summary>
    [Theory]
    [MemberData(nameof(Hosts))]
    public void Probes_ask_over_HTTPS_where_no_certificate_is_asked_for(string name) => Assert.All(
        [(Container(name).StartupProbe, "ready"), (Container(name).ReadinessProbe, "ready"), (Container(name).LivenessProbe, "live")],
        probe => Assert.Equal(
            ($"/health/{probe.Item2}", "http", "HTTPS", null),
            (probe.Item1.HttpGet.Path, probe.Item1.HttpGet.Port.Value, probe.Item1.HttpGet.Scheme, probe.Item1.Grpc)));

    [Fact]
    public void Services_say_that_their_ports_speak_TLS() => Assert.All(
        Deployed.Objects.OfType<V1Service>().Where(service => service.Metadata.Name != "redis").SelectMany(service => service.Spec.Ports),
        port => Assert.Equal("https", port.AppProtocol));

    [Fact]
    public void On_GPUs_every_service_keeps_its_device() => Assert.All(
        Host.All.Select(host => host.Profile.Name).Where(name => name != "gateway"),
        name => Assert.Contains(
            Assert.Single(Overlay.Named("k8s/overlays/nvidia k8s/components/mtls").Pod(name).Containers).Env, variable => variable.Value == "cuda:0"));

    private static IReadOnlyList<Certificate> Certificates => [.. Deployed.Objects.OfType<Certificate>().Where(certificate => !certificate.Spec.IsCA)];

    private static V1Container Container(string name) => Assert.Single(Deployed.Pod(name).Containers);

    private static (HostingOptions Host, PeerOptions Peers) Settings(string name)
    {
        var maps = Container(name).EnvFrom.Select(source => source.ConfigMapRef?.Name).OfType<string>();
        var variables = Deployed.Objects.OfType<V1ConfigMap>().Where(map => maps.Contains(map.Metadata.Name)).SelectMany(map => map.Data);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Select(pair => KeyValuePair.Create(pair.Key.Replace("__", ":", StringComparison.Ordinal), (string?)pair.Value)))
            .Build();
        return (
            configuration.GetSection(HostingOptions.Section).Get<HostingOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!,
            configuration.GetSection(PeerOptions.Section).Get<PeerOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!);
    }
}
