using k8s.Models;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Deployment.Tests.Certificates;

/// <summary>What k8s/components/key-files mounts is what the hosts read, and no key is left in a variable beside it.</summary>
public sealed class KeyFileManifestTests
{
    private const string Secret = "sensorium-keys";

    public static TheoryData<string, string> Hosts
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var overlay in (string[])["k8s/overlays/cpu k8s/components/key-files", "k8s/overlays/mtls k8s/components/key-files"])
            {
                foreach (var host in Host.All)
                {
                    all.Add(overlay, host.Profile.Name);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Every_host_finds_its_keys_where_the_secret_is_mounted_and_no_others(string overlay, string name)
    {
        var pod = Overlay.Named(overlay).Pod(name);
        var container = Assert.Single(pod.Containers);
        var volume = Assert.Single(pod.Volumes, volume => volume.Secret?.SecretName == Secret);
        var mount = Assert.Single(container.VolumeMounts, mount => mount.Name == volume.Name);
        string[] expected = name == "gateway" ? ["services", "callers", "administrators"] : ["services"];

        Assert.Equal(expected.Select(file => $"{mount.MountPath}/{file}"), PathsOf(overlay, container));
        Assert.Equal(name == "gateway" ? null : expected, volume.Secret.Items?.Select(item => item.Path));
        Assert.True(mount.ReadOnlyProperty);

        // What is mounted by its sub-path is never replaced.
        Assert.Null(mount.SubPath);
        Assert.All(container.EnvFrom, source => Assert.Null(source.SecretRef));
    }

    private static IEnumerable<string?> PathsOf(string overlay, V1Container container)
    {
        var own = (container.Env ?? []).ToDictionary(variable => variable.Name, variable => variable.Value);
        string[] settings =
        [
            $"{PeerOptions.Section}:{nameof(PeerOptions.ApiKeyPath)}",
            $"{HostingOptions.Section}:{nameof(HostingOptions.ApiKeysPath)}",
            $"{HostingOptions.Section}:{nameof(HostingOptions.AdminKeysPath)}",
        ];
        return settings.Select(setting => setting.Replace(":", "__", StringComparison.Ordinal))
            .Select(variable => own.GetValueOrDefault(variable) ?? Overlay.Named(overlay).Settings.GetValueOrDefault(variable))
            .Where(path => path is not null);
    }
}
