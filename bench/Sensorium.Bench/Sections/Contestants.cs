using System.Diagnostics;
using Sensorium.Bench.Contenders;
using Sensorium.Bench.Load;
using Sensorium.Bench.Measuring;
using Sensorium.Bench.Pictures;
using Sensorium.Bench.Processes;
using Sensorium.Core.Packs;

namespace Sensorium.Bench.Sections;

/// <summary>The contenders of a run, each started when it is first needed and kept until the end.</summary>
internal sealed class Contestants(BenchOptions options) : IAsyncDisposable
{
    /// <summary>Bound of the embedding cache where memory is judged.</summary>
    public const int MemoryCacheBytes = 32 << 20;

    private readonly List<IAsyncDisposable> _started = [];
    private readonly Dictionary<string, object> _byName = [];

    public BenchOptions Options { get; } = options;

    public Meter Meter { get; } = new(options);

    /// <summary>About 12 KB each.</summary>
    public PictureSet Small { get; } = options.Photos is { } folder
        ? PictureSet.Read(folder, "small", atMost: 256)
        : PictureSet.MakeOrRead(options.PictureFolder, "small", count: 128, width: 320, height: 240, targetBytes: 12_000);

    /// <summary>About 3 MB each, 12 megapixels.</summary>
    public PictureSet Large { get; } =
        PictureSet.MakeOrRead(options.PictureFolder, "large", count: 8, width: 4000, height: 3000, targetBytes: 3_000_000);

    public Task<SensoriumServer> SensoriumAsync() => WarmAsync("sensorium");

    public Task<NodePeer> NodeAsync(string variant = ModelVariants.SinglePrecision) => StartedAsync($"node-{variant}", async name =>
    {
        var peer = await NodePeer.StartAsync(Options, name, variant);
        await WarmUpAsync(_ => peer.EmbedAsync(Small.Distinct()), _ => peer.CaptionAsync(Small.Distinct()));
        return peer;
    });

    public Task<EchoPeer> EchoAsync() => StartedAsync("echo", _ => EchoPeer.StartAsync(Options));

    public Task<BarePeer> BareAsync(int threads) => StartedAsync($"bare-{threads}", _ => BarePeer.StartAsync(Options, threads));

    /// <summary>Sensorium that computes everything anew.</summary>
    public Task<SensoriumServer> SensoriumWithoutCacheAsync() => WarmAsync(
        "sensorium-off", ("Sensorium__Cache__Enabled", "false"), ("Sensorium__Generation__CrossAttentionCacheBytes", "0"));

    /// <summary>Sensorium in eight bits where the pack has them.</summary>
    public Task<SensoriumServer> SensoriumOfVariantAsync(string variant) => WarmAsync($"sensorium-{variant}", ("Sensorium__Vision__Model__Variant", variant));

    /// <summary>Sensorium with a Redis of its own and nothing cached in its memory, so that every hit comes from Redis.</summary>
    public async Task<(SensoriumServer Server, int RedisProcess)> SensoriumWithRedisAsync()
    {
        var (port, redis) = await RedisAsync();
        return (await WithRedisAsync("sensorium-redis", port), redis);
    }

    /// <summary>Two of them that share one Redis.</summary>
    public async Task<(SensoriumServer[] Replicas, int RedisProcess)> ReplicasWithRedisAsync()
    {
        var (port, redis) = await RedisAsync();
        return ([await WithRedisAsync("sensorium-redis", port), await WithRedisAsync("sensorium-redis-2", port)], redis);
    }

    /// <summary>A Sensorium whose cache is small enough to be full before memory is judged.</summary>
    public Task<SensoriumServer> SensoriumForMemoryAsync() => StartedAsync(
        "sensorium-memory",
        name => SensoriumServer.StartAsync(Options, name, ("Sensorium__Cache__MemoryBytes", $"{MemoryCacheBytes}")));

    public string FilesOf(PictureSet set) => ReferenceEquals(set, Small) && Options.Photos is { } folder
        ? Path.Combine(folder, "*.jpg")
        : Path.Combine(Options.PictureFolder, $"{set.Name}-*.jpg");

    public async ValueTask DisposeAsync()
    {
        foreach (var contender in Enumerable.Reverse(_started))
        {
            await contender.DisposeAsync();
        }
    }

    private Task<SensoriumServer> WarmAsync(string serverName, params (string Name, string Value)[] settings) => StartedAsync(serverName, async name =>
    {
        var server = await SensoriumServer.StartAsync(Options, name, settings);
        await WarmUpAsync(
            client => server.EmbedAsync(client, V1.CachePolicy.Unspecified, Small.Pictures[client]),
            client => server.EmbedAsync(client, V1.CachePolicy.Unspecified, Small.Distinct()),
            client => server.CaptionAsync(client, [Small.Distinct()]));
        return server;
    });

    private Task<SensoriumServer> WithRedisAsync(string serverName, int port) =>
        WarmAsync(serverName, ("Sensorium__Cache__RedisConnection", $"127.0.0.1:{port}"), ("Sensorium__Cache__MemoryBytes", "0"));

    private async Task<(int Port, int ProcessId)> RedisAsync()
    {
        var redis = await StartedAsync("redis", name =>
        {
            var port = Ports.Free();
            return Task.FromResult(new RedisPeer(port, ServerProcess.Start(
                Options.ServerCores, Options.LogFile(name), new Dictionary<string, string>(), readOutput: false,
                "redis-server", "--port", $"{port}", "--save", "", "--appendonly", "no")));
        });
        return (redis.Port, redis.ProcessId);
    }

    // Just-in-time compilers of both worlds optimise what has run often: each kind of call gets its share of calls first.
    private async Task WarmUpAsync(params Func<int, Task<CallOutcome>>[] kinds)
    {
        foreach (var call in kinds)
        {
            await ClosedLoop.RunAsync(
                call, clients: 16, Options.StartWarmup / kinds.Length, TimeSpan.Zero, windowOpens: () => { }, windowCloses: () => { });
        }
    }

    private async Task<T> StartedAsync<T>(string name, Func<string, Task<T>> start)
        where T : class, IAsyncDisposable
    {
        if (_byName.TryGetValue(name, out var known))
        {
            return (T)known;
        }

        var clock = Stopwatch.StartNew();
        var contender = await start(name);
        Console.WriteLine($"{name} is ready after {clock.Elapsed.TotalSeconds:F1} s");
        _started.Add(contender);
        _byName[name] = contender;
        return contender;
    }
}
