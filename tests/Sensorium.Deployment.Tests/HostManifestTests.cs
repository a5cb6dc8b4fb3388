using k8s.Models;
using Xunit;

namespace Sensorium.Deployment.Tests;

/// <summary>What the manifests say of a host agrees with what its code does.</summary>
public sealed class HostManifestTests
{
    public static TheoryData<string> Hosts => Host.Names;

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Container_opens_the_ports_that_the_host_serves(string name)
    {
        var profile = Host.Named(name).Profile;
        var ports = Manifests.Container(name).Ports.ToDictionary(port => port.Name, port => port.ContainerPort);

        Assert.Equal(new Dictionary<string, int> { ["grpc"] = profile.GrpcPort, ["http"] = profile.HttpPort }, ports);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Probes_ask_what_the_host_answers(string name)
    {
        var profile = Host.Named(name).Profile;
        var container = Manifests.Container(name);

        Assert.All([container.StartupProbe, container.ReadinessProbe], probe =>
        {
            Assert.Equal(profile.GrpcPort, probe.Grpc.Port);
            Assert.Contains(probe.Grpc.Service, profile.HealthServices);
        });
        Assert.Equal(("/health/live", "http"), (container.LivenessProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Port.Value));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Service_reaches_the_pods(string name)
    {
        var profile = Host.Named(name).Profile;
        var service = Manifests.Service(name);
        var pod = Manifests.Deployment(name).Spec.Template.Metadata.Labels;

        // Faces over HTTP are the gateway's; the others have nothing for callers there.
        (string, int)[] expected = name == "gateway" ? [("grpc", profile.GrpcPort), ("http", profile.HttpPort)] : [("grpc", profile.GrpcPort)];
        Assert.Equal(expected, service.Spec.Ports.Select(port => (port.TargetPort.Value, port.Port)));
        Assert.All(service.Spec.Selector, label => Assert.Equal(label.Value, pod[label.Key]));
        Assert.All(Manifests.Deployment(name).Spec.Selector.MatchLabels, label => Assert.Equal(label.Value, pod[label.Key]));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("vision")]
    [InlineData("audio")]
    [InlineData("video")]
    [InlineData("generation")]
    [InlineData("gateway-replicas")]
    public void Services_between_hosts_are_headless(string name) => Assert.Equal("None", Manifests.Service(name).Spec.ClusterIP);

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Pod_has_no_rights_it_does_not_need(string name)
    {
        var pod = Manifests.Deployment(name).Spec.Template.Spec;
        var container = Manifests.Container(name);

        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(["/tmp"], container.VolumeMounts.Select(mount => mount.MountPath));
        Assert.NotNull(Assert.Single(pod.Volumes).EmptyDir);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Container_states_what_it_needs_and_how_much_memory_it_may_take(string name)
    {
        var resources = Manifests.Container(name).Resources;

        Assert.Equal(["cpu", "memory"], resources.Requests.Keys.Order());
        Assert.Contains("memory", resources.Limits.Keys);
        Assert.True(resources.Requests["memory"].ToDecimal() <= resources.Limits["memory"].ToDecimal());
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Nodes_are_drained_and_versions_replaced_one_pod_at_a_time(string name)
    {
        var deployment = Manifests.Deployment(name);
        var budget = Manifests.Objects.OfType<V1PodDisruptionBudget>().Single(item => item.Metadata.Name == name).Spec;

        Assert.Equal("1", budget.MaxUnavailable.Value);
        Assert.All(budget.Selector.MatchLabels, label => Assert.Equal(label.Value, deployment.Spec.Template.Metadata.Labels[label.Key]));
        Assert.Equal(("1", "0"), (deployment.Spec.Strategy.RollingUpdate.MaxSurge.Value, deployment.Spec.Strategy.RollingUpdate.MaxUnavailable.Value));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Replicas_are_spread_over_nodes_and_zones(string name)
    {
        var pod = Manifests.Deployment(name).Spec.Template;

        Assert.Equal(["kubernetes.io/hostname", "topology.kubernetes.io/zone"], pod.Spec.TopologySpreadConstraints.Select(spread => spread.TopologyKey));
        Assert.All(pod.Spec.TopologySpreadConstraints, spread =>
            Assert.All(spread.LabelSelector.MatchLabels, label => Assert.Equal(label.Value, pod.Metadata.Labels[label.Key])));
    }
}
