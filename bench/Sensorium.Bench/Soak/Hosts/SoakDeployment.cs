using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Hosts;

/// <summary>Hosts with their settings, in one process or in many, and clients of the gateway.</summary>
internal sealed class SoakDeployment : IAsyncDisposable
{
    public const string Gateway = "gateway";

    /// <summary>All but the gateway.</summary>
    public static readonly IReadOnlyList<string> Services = ["text", "vision", "audio", "video", "generation"];

    private const string ServicePrefix = "Sensorium__Services__";

    private readonly SoakOptions _options;

    // Children of ffmpeg run as another user, who may go through it as through any folder.
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"sensorium-soak-{Guid.NewGuid():N}");
    private readonly List<SoakHost> _hosts = [];
    private readonly List<GrpcChannel> _channels = [];

    private SoakDeployment(SoakOptions options)
    {
        _options = options;
        Directory.CreateDirectory(_folder);
    }

    public IReadOnlyList<SoakHost> Hosts => _hosts;

    /// <summary>Processes of ffmpeg that work for one of the hosts, or did.</summary>
    public int MediaProcesses => ProcessFacts.CountByCommand("ff", _folder);

    /// <summary>Everything in one process.</summary>
    public static async Task<SoakDeployment> StartOneAsync(SoakOptions options, params (string Name, string Value)[] settings)
    {
        var deployment = new SoakDeployment(options);
        deployment.Add(Gateway, 0, settings);
        await deployment.StartAsync();
        return deployment;
    }

    /// <summary>A process for each service and replica, and gateways.</summary>
    public static async Task<SoakDeployment> StartManyAsync(SoakOptions options, int replicas, params (string Name, string Value)[] settings)
    {
        var deployment = new SoakDeployment(options);
        foreach (var service in Services.Append(Gateway))
        {
            for (var replica = 0; replica < replicas; replica++)
            {
                deployment.Add(service, replica, settings);
            }
        }

        deployment.Introduce();
        await deployment.StartAsync();
        return deployment;
    }

    public IReadOnlyList<SoakHost> Of(string service) => [.. _hosts.Where(host => host.Name == service)];

    /// <summary>Calls go to the gateways in turn; one that is refused before it began is tried at another.</summary>
    public SensoriumService.SensoriumServiceClient Connect()
    {
        var addresses = Of(Gateway).Select(host => new Uri(host.Address)).Select(uri => new BalancerAddress(uri.Host, uri.Port)).ToArray();
        var retry = new RetryPolicy
        {
            MaxAttempts = 3,
            InitialBackoff = TimeSpan.FromMilliseconds(20),
            MaxBackoff = TimeSpan.FromMilliseconds(200),
            BackoffMultiplier = 2,
            RetryableStatusCodes = { StatusCode.Unavailable },
        };
        var config = new ServiceConfig { LoadBalancingConfigs = { new RoundRobinConfig() } };
        if (addresses.Length > 1)
        {
            config.MethodConfigs.Add(new MethodConfig { Names = { MethodName.Default }, RetryPolicy = retry });
        }

        var channel = GrpcChannel.ForAddress("static:///gateway", new GrpcChannelOptions
        {
            Credentials = ChannelCredentials.Insecure,
            ServiceProvider = new ServiceCollection().AddSingleton<ResolverFactory>(new StaticResolverFactory(_ => addresses)).BuildServiceProvider(),
            ServiceConfig = config,
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
            MaxReconnectBackoff = TimeSpan.FromMilliseconds(200),
            MaxReceiveMessageSize = null,
            MaxRetryBufferSize = null,
            MaxRetryBufferPerCallSize = null,
        });
        _channels.Add(channel);
        return new SensoriumService.SensoriumServiceClient(channel);
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private void Add(string service, int replica, IEnumerable<(string Name, string Value)> settings)
    {
        var title = Title(service);
        var project = service == Gateway ? service : $"services/{title}";
        var assembly = Path.Combine(_options.Root, project, "bin/Release/net10.0", $"Sensorium.{title}.dll");
        var host = new SoakHost(service, assembly, Path.Combine(_options.WorkFolder, $"{service}-{replica}.log"));
        host.Settings["Logging__LogLevel__Default"] = "Warning";
        host.Settings["Sensorium__Media__Store__Directory"] = Path.Combine(_folder, "media");
        host.Settings["Sensorium__Index__Folder"] = Path.Combine(_folder, $"index-{service}-{replica}");

        // What so many callers ask of a small machine at once is not overload.
        foreach (var gate in (string[])["Text__Encoder", "Vision__Encoder", "Audio__Encoder", "Video__Encoder", "Generation"])
        {
            host.Settings[$"Sensorium__{gate}__MaxExpectedWait"] = "00:01:00";
        }

        foreach (var (name, value) in settings)
        {
            host.Settings[name] = value;
        }

        _hosts.Add(host);
    }

    private void Introduce()
    {
        foreach (var host in _hosts)
        {
            host.Settings[ServicePrefix + "Gateway"] = Of(Gateway)[0].Address;
            foreach (var peer in Services.Where(peer => peer != host.Name && host.Name is Gateway or "generation"))
            {
                host.Settings[ServicePrefix + Title(peer)] = AddressOf(peer);
            }
        }
    }

    private string AddressOf(string service) => string.Join(',', Of(service).Select(host => host.Address));

    private async Task StartAsync()
    {
        try
        {
            await Task.WhenAll(_hosts.Select(host => host.StartAsync()));
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private static string Title(string service) => char.ToUpperInvariant(service[0]) + service[1..];
}
