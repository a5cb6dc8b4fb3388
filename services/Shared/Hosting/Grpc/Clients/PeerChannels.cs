using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Certificates;
using Sensorium.Hosting.Grpc.Balancing;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>
/// One channel per address, kept for the life of the process. Calls go round all addresses that DNS has for the name, so that
/// they spread over the pods behind a headless Service, or round all of a list, but for those that <see cref="PeerCircuits"/> leave out.
/// </summary>
internal sealed class PeerChannels(
    IOptions<HostingOptions> hosting,
    IOptions<PeerOptions> peers,
    ServiceKeys keys,
    PeerCertificates certificates,
    PeerCircuits circuits,
    ILoggerFactory loggers,
    TimeProvider time,
    ResolverFactory? resolver = null) : IDisposable
{
    private const int MaxRetryBuffer = 24 << 20;

    // An answer that exhausts its window can cost Kestrel the answer after it; see decision 15. This is the most there can be.
    private const int StreamWindow = 16 << 20;
    private readonly ConcurrentDictionary<string, Lazy<GrpcChannel>> _channels = new(StringComparer.Ordinal);

    // DNS is asked again on this schedule too, else new replicas behind a name would never be found.
    private readonly RememberingResolver _resolver = new(resolver ?? new DnsResolverFactory(TimeSpan.FromSeconds(5)));
    private readonly ConcurrentBag<ServiceProvider> _balancing = [];

    /// <param name="address">http://host:port or https://host:port, or several.</param>
    public CallInvoker Get(string address) => WithKey(ChannelOf(address));

    /// <summary>Calls to one replica alone.</summary>
    /// <param name="address">The name that it stands behind.</param>
    /// <param name="replica">One of those that the name was resolved to.</param>
    public CallInvoker Get(string address, BalancerAddress replica) => WithKey(_channels.GetOrAdd(
        $"{address} {replica.EndPoint.Host}:{replica.EndPoint.Port}",
        _ => new Lazy<GrpcChannel>(() => Create(PeerAddress.Parse(address), [replica], null))).Value);

    /// <summary>All replicas behind an address. Returns when one of them can be reached.</summary>
    public async Task<IReadOnlyList<BalancerAddress>> ResolveAsync(string address, CancellationToken cancellationToken)
    {
        await ChannelOf(address).ConnectAsync(cancellationToken);
        var peer = PeerAddress.Parse(address);
        return peer.Uris.Count > 1 ? ListOf(peer) : _resolver.AddressesOf(new Uri(TargetOf(peer.First)));
    }

    private static string TargetOf(Uri address) => $"dns:///{address.Host}:{address.Port}";

    private static BalancerAddress[] ListOf(PeerAddress peer) => [.. peer.Uris.Select(uri => new BalancerAddress(uri.Host, uri.Port))];

    private GrpcChannel ChannelOf(string address) => _channels.GetOrAdd(address, key => new Lazy<GrpcChannel>(() => Create(key))).Value;

    private CallInvoker WithKey(GrpcChannel channel) => !keys.IsConfigured ? channel.CreateCallInvoker() : channel.Intercept(metadata =>
    {
        metadata.Add("authorization", $"Bearer {keys.Brought}");
        return metadata;
    });

    public void Dispose()
    {
        foreach (var channel in _channels.Values.Where(channel => channel.IsValueCreated))
        {
            channel.Value.Dispose();
        }

        foreach (var balancing in _balancing)
        {
            balancing.Dispose();
        }
    }

    private GrpcChannel Create(string address)
    {
        var peer = PeerAddress.Parse(address);
        var replicas = circuits.AreUsed
            ? new ReplicaCircuits(circuits, peer.Authority, replica => Get(address, new BalancerAddress(replica.Host, replica.Port)), CheckDeadline)
            : null;
        return peer.Uris.Count > 1 ? Create(peer, ListOf(peer), replicas) : Create(peer, TargetOf(peer.First), _resolver, replicas);
    }

    private DateTime CheckDeadline() => (time.GetUtcNow() + peers.Value.DescribeTimeout).UtcDateTime;

    private GrpcChannel Create(PeerAddress peer, IReadOnlyList<BalancerAddress> replicas, ReplicaCircuits? chosen) =>
        Create(peer, $"static:///{peer.First.Authority}", new StaticResolverFactory(_ => replicas), chosen);

    private GrpcChannel Create(PeerAddress peer, string target, ResolverFactory resolvers, ReplicaCircuits? replicas)
    {
        var services = new ServiceCollection().AddSingleton(resolvers);
        if (replicas is not null)
        {
            services.AddSingleton<LoadBalancerFactory>(new CircuitBalancerFactory(replicas));
        }

        var balancing = services.BuildServiceProvider();
        _balancing.Add(balancing);
        return GrpcChannel.ForAddress(target, OptionsOf(peer, balancing, replicas is null ? new RoundRobinConfig() : CircuitBalancerFactory.Config));
    }

    private GrpcChannelOptions OptionsOf(PeerAddress peer, ServiceProvider balancing, LoadBalancingConfig policy) => new()
    {
        HttpHandler = CreateHandler(peer),
        DisposeHttpClient = true,
        Credentials = peer.First.Scheme == "https" ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure,
        LoggerFactory = loggers,
        ServiceProvider = balancing,
        MaxReceiveMessageSize = hosting.Value.MaxReceiveBytes,
        MaxSendMessageSize = hosting.Value.MaxSendBytes,
        // A service that comes back is used again within about a second.
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
        MaxReconnectBackoff = TimeSpan.FromSeconds(1),
        MaxRetryBufferPerCallSize = MaxRetryBuffer,
        MaxRetryBufferSize = 4L * MaxRetryBuffer,
        ServiceConfig = new ServiceConfig
        {
            LoadBalancingConfigs = { policy },
            MethodConfigs =
            {
                Retry("EncoderService", "Encode", "Describe"),
                Retry("GenerationService", "Generate", "Recognize", "DescribeGeneration"),
                Retry("ImageGenerationService", "Draw", "DescribeImageModels"),
                Retry("TensorService", "Infer", "DescribeGraphs"),
            },
        },
    };

    private BrokenConnectionHandler CreateHandler(PeerAddress peer) => new(new SocketsHttpHandler
    {
        SslOptions = certificates.Options(peer),
        EnableMultipleHttp2Connections = true,
        InitialHttp2StreamWindowSize = StreamWindow,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        KeepAlivePingDelay = TimeSpan.FromSeconds(10),

        // A busy machine may take a while to answer; a process that is gone closes its connections by itself. Calls to one that hangs end
        // here, and those that are safe to repeat go to another.
        KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
    });

    // Encoding and generating have no effects, so a call that a leaving replica refuses may be tried at another; gRPC does so only
    // while no answer has begun.
    private static MethodConfig Retry(string service, params string[] methods)
    {
        var config = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 3,
                InitialBackoff = TimeSpan.FromMilliseconds(50),
                MaxBackoff = TimeSpan.FromMilliseconds(500),
                BackoffMultiplier = 3,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var method in methods)
        {
            config.Names.Add(new MethodName { Service = $"sensorium.v1.{service}", Method = method });
        }

        return config;
    }
}
