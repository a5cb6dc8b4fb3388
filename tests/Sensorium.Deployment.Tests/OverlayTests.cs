using k8s.Models;
using Microsoft.Extensions.Configuration;
using Sensorium.Hosting.Settings;
using Sensorium.Index;
using Sensorium.Onnx.Sessions;
using Xunit;

namespace Sensorium.Deployment.Tests;

public sealed class OverlayTests
{
    private static readonly string[] AllowedVolumes = ["EmptyDir", "PersistentVolumeClaim", "ConfigMap", "Secret"];

    public static TheoryData<string> Overlays => Overlay.Names;

    public static TheoryData<string> Services => [.. Host.All.Select(host => host.Profile.Name).Where(name => name != "gateway")];

    /// <summary>The profile "restricted" of pod security, which k8s/namespace.yaml asks for.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Pods_are_restricted(string overlay) => Assert.All(Overlay.Named(overlay).Deployments, deployment =>
    {
        var pod = deployment.Spec.Template.Spec;
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
        Assert.True((pod.HostNetwork, pod.HostPID, pod.HostIPC) is (null, null, null));
        Assert.All(pod.Volumes, volume => Assert.Contains(AllowedVolumes, kind => typeof(V1Volume).GetProperty(kind)!.GetValue(volume) is not null));
        Assert.All((pod.InitContainers ?? []).Concat(pod.Containers), container =>
        {
            Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
            Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
            Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
            Assert.True((container.SecurityContext.Privileged, container.SecurityContext.Capabilities.Add) is (null, null));
        });
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_image_has_a_tag_and_every_volume_is_there(string overlay) => Assert.All(Overlay.Named(overlay).Deployments, deployment =>
    {
        var pod = deployment.Spec.Template.Spec;
        Assert.All((pod.InitContainers ?? []).Concat(pod.Containers), container =>
        {
            Assert.Contains(':', container.Image);
            Assert.All(container.VolumeMounts ?? [], mount => Assert.Contains(pod.Volumes, volume => volume.Name == mount.Name));
        });
    });

    [Theory]
    [MemberData(nameof(Services))]
    public void Each_encoder_and_the_decoder_has_a_gpu_and_uses_it(string service)
    {
        var container = Assert.Single(Overlay.Named("k8s/overlays/nvidia").Pod(service).Containers);
        var device = Assert.Single(container.Env);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create(device.Name.Replace("__", ":", StringComparison.Ordinal), (string?)device.Value)])
            .Build().GetSection($"Sensorium:{service}:Model").Get<OnnxOptions>(binder => binder.ErrorOnUnknownConfiguration = true);

        Assert.Equal("1", container.Resources.Limits["nvidia.com/gpu"].ToString());
        Assert.Equal("cuda:0", settings!.Device);
        Assert.EndsWith("-cuda", container.Image);
    }

    [Fact]
    public void The_gateway_takes_no_gpu() =>
        Assert.DoesNotContain("nvidia.com/gpu", Assert.Single(Overlay.Named("k8s/overlays/nvidia").Pod("gateway").Containers).Resources.Limits.Keys);

    [Fact]
    public void For_development_one_gateway_hosts_everything_and_needs_no_secret()
    {
        var dev = Overlay.Named("k8s/overlays/dev");

        Assert.Equal(("gateway", 1), (Assert.Single(dev.Deployments).Metadata.Name, dev.Deployments[0].Spec.Replicas));
        Assert.DoesNotContain(dev.Settings.Keys, key => key.StartsWith("Sensorium__Services__", StringComparison.Ordinal));
        Assert.Equal("true", dev.Settings[$"{HostingOptions.Section}:{nameof(HostingOptions.AllowAnonymous)}".Replace(":", "__", StringComparison.Ordinal)]);
        Assert.All(Assert.Single(dev.Pod("gateway").Containers).EnvFrom, source => Assert.Null(source.SecretRef));
    }

    [Fact]
    public void Pictures_are_made_in_a_deployment_that_the_gateway_asks_and_that_has_the_models()
    {
        var overlay = Overlay.Named("k8s/overlays/cpu k8s/components/image-generation k8s/components/models-volume");
        var profile = ServiceProfile.ImageGeneration;
        var container = Assert.Single(overlay.Pod(profile.Name).Containers);
        var address = new Uri(overlay.Settings["Sensorium__Services__ImageGeneration"]);
        var service = overlay.Objects.OfType<V1Service>().Single(one => one.Metadata.Name == address.Host);

        Assert.Equal(new Dictionary<string, int> { ["grpc"] = profile.GrpcPort, ["http"] = profile.HttpPort }, container.Ports.ToDictionary(port => port.Name, port => port.ContainerPort));
        Assert.Equal((profile.GrpcPort, "None"), (address.Port, service.Spec.ClusterIP));
        Assert.Contains(container.ReadinessProbe.Grpc.Service, profile.HealthServices);
        Assert.Contains(container.VolumeMounts, mount => mount.MountPath == overlay.Settings["Sensorium__Models__Folder"]);
    }

    [Fact]
    public void Collections_are_in_a_server_that_all_gateways_share_and_that_keeps_them()
    {
        var overlay = Overlay.Named("k8s/overlays/cpu k8s/components/collections");
        var index = new ConfigurationBuilder()
            .AddInMemoryCollection(overlay.Settings.Select(setting => KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)))
            .Build().GetSection(IndexOptions.Section).Get<IndexOptions>(binder => binder.ErrorOnUnknownConfiguration = true)!;
        var address = index.RedisConnection.Split(':');
        var service = overlay.Objects.OfType<V1Service>().Single(one => one.Metadata.Name == address[0]);
        var server = Assert.Single(overlay.Pod(service.Spec.Selector["app.kubernetes.io/name"]).Containers);

        Assert.Equal(("redis", address[1]), (index.Store, $"{Assert.Single(service.Spec.Ports).Port}"));
        Assert.StartsWith("redis:8", server.Image, StringComparison.Ordinal);
        Assert.Contains("--appendonly yes", string.Join(' ', server.Args), StringComparison.Ordinal);
        Assert.Contains("--maxmemory-policy noeviction", string.Join(' ', server.Args), StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(overlay.Pod("index").Volumes).PersistentVolumeClaim);
        Assert.Equal("redis:7.4", Assert.Single(overlay.Pod("redis").Containers).Image);
    }

    [Fact]
    public void For_development_the_gateway_has_a_folder_for_collections_that_it_may_write_to()
    {
        var dev = Overlay.Named("k8s/overlays/dev");

        Assert.Contains(
            Assert.Single(dev.Pod("gateway").Containers).VolumeMounts,
            mount => dev.Settings["Sensorium__Index__Folder"].StartsWith($"{mount.MountPath}/", StringComparison.Ordinal) && mount.ReadOnlyProperty != true);
    }

    [Theory]
    [InlineData("k8s/overlays/nvidia k8s/components/models-pull")]
    [InlineData("k8s/overlays/cpu k8s/components/models-volume")]
    public void Models_are_where_every_host_looks_for_them(string overlay)
    {
        var folder = Overlay.Named(overlay).Settings["Sensorium__Models__Folder"];

        Assert.All(Host.All, host =>
        {
            var pod = Overlay.Named(overlay).Pod(host.Profile.Name);
            var mount = Assert.Single(Assert.Single(pod.Containers).VolumeMounts, mount => mount.MountPath == folder);
            Assert.True(mount.ReadOnlyProperty);
            Assert.All(pod.InitContainers ?? [], pull => Assert.Contains($"--to {folder}", pull.Command[^1]));
        });
    }
}
