using System.Globalization;
using Microsoft.Extensions.Configuration;
using Sensorium.Caching;
using Sensorium.Hosting.Settings;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Deployment.Tests;

/// <summary>The environment that the manifests give is one that the code reads.</summary>
public sealed class SettingsTests
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        (HostingOptions.Section, typeof(HostingOptions)),
        (PeerOptions.Section, typeof(PeerOptions)),
        (CacheOptions.Section, typeof(CacheOptions)),
        (MediaStoreOptions.Section, typeof(MediaStoreOptions)),
    ];

    public static TheoryData<string> Hosts => Host.Names;

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Every_variable_is_a_setting_and_its_value_fits(string name)
    {
        var configuration = Configuration(name);
        foreach (var (section, options) in Sections)
        {
            configuration.GetSection(section).Get(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }

        Assert.All(Keys(name), key => Assert.Contains(Sections, section => key.StartsWith($"{section.Section}:", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Other_services_are_named_by_their_manifests(string name)
    {
        var peers = Configuration(name).GetSection(PeerOptions.Section).Get<PeerOptions>()!;

        foreach (var address in new[] { peers.Text, peers.Vision, peers.Audio, peers.Video, peers.Generation, peers.Gateway })
        {
            var uri = new Uri(address);
            Assert.Equal(Assert.Single(Manifests.Service(uri.Host).Spec.Ports).Port, uri.Port);
        }
    }

    [Fact]
    public void Redis_is_named_by_its_manifest()
    {
        var address = Configuration("gateway").GetSection(CacheOptions.Section).Get<CacheOptions>()!.RedisConnection!.Split(',')[0].Split(':');

        Assert.Equal(Assert.Single(Manifests.Service(address[0]).Spec.Ports).Port, int.Parse(address[1], CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Pods_are_given_the_time_to_drain(string name)
    {
        var host = Configuration(name).GetSection(HostingOptions.Section).Get<HostingOptions>()!;
        var grace = Manifests.Deployment(name).Spec.Template.Spec.TerminationGracePeriodSeconds;

        Assert.True(grace > (host.DrainDelay + host.DrainTimeout).TotalSeconds + 5);
    }

    [Fact]
    public void Temporary_files_fit_into_their_volume()
    {
        var store = Configuration("gateway").GetSection(MediaStoreOptions.Section).Get<MediaStoreOptions>()!;
        var volume = Assert.Single(Manifests.Deployment("gateway").Spec.Template.Spec.Volumes).EmptyDir.SizeLimit.ToDecimal();

        Assert.True(store.MaxTotalBytes < volume);
        Assert.True(store.MaxMediaBytes < store.MaxTotalBytes);
    }

    [Fact]
    public void Telemetry_of_the_runtime_is_off_in_every_pod() => Assert.Equal("1", Manifests.Settings["ORT_DISABLE_TELEMETRY"]);

    private static IEnumerable<string> Keys(string host) => Variables(host).Keys.Select(key => key.Replace("__", ":", StringComparison.Ordinal));

    private static IConfiguration Configuration(string host) => new ConfigurationBuilder()
        .AddInMemoryCollection(Variables(host).ToDictionary(item => item.Key.Replace("__", ":", StringComparison.Ordinal), item => (string?)item.Value))
        .Build();

    private static Dictionary<string, string> Variables(string host)
    {
        var variables = Manifests.Settings.Where(item => item.Key.StartsWith("Sensorium__", StringComparison.Ordinal)).ToDictionary();
        foreach (var variable in Manifests.Container(host).Env ?? [])
        {
            if (variable.Name.StartsWith("Sensorium__", StringComparison.Ordinal))
            {
                variables[variable.Name] = variable.Value;
            }
        }

        return variables;
    }
}
