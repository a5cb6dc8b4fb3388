using System.Net;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

/// <summary>Several addresses behind one name, as a headless Service has them.</summary>
public sealed class ReplicaTests
{
    [Fact]
    public async Task Calls_go_round_all_replicas_and_leave_out_those_that_are_gone()
    {
        await using var first = await EncoderHost.StartAsync();
        await using var second = await EncoderHost.StartAsync();
        var (builder, _) = EncoderHost.CreateBuilder(new() { ["Sensorium:Services:Vision"] = "http://vision.example:7102" });
        builder.Services.AddSingleton<ResolverFactory>(new TwoReplicas(new Uri(first.Address).Port, new Uri(second.Address).Port));
        builder.Services.AddRemoteEncoder(Modality.Image);
        await using var services = ((IServiceCollection)builder.Services).BuildServiceProvider();
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);

        // A replica takes part as soon as its connection stands.
        while (first.Encoder.Batches.Count < 5 || second.Encoder.Batches.Count < 5)
        {
            await EncodeAsync(encoder);
        }

        await second.App.StopAsync();
        var before = first.Encoder.Batches.Count;
        for (var i = 0; i < 10; i++)
        {
            await EncodeAsync(encoder);
        }

        Assert.Equal(before + 10, first.Encoder.Batches.Count);
    }

    [Fact]
    public async Task Calls_go_round_all_addresses_of_a_list()
    {
        await using var first = await EncoderHost.StartAsync();
        await using var second = await EncoderHost.StartAsync();
        var (builder, _) = EncoderHost.CreateBuilder(new() { ["Sensorium:Services:Vision"] = $"{first.Address}, {second.Address}" });
        builder.Services.AddRemoteEncoder(Modality.Image);
        await using var services = ((IServiceCollection)builder.Services).BuildServiceProvider();
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);

        while (first.Encoder.Batches.Count < 5 || second.Encoder.Batches.Count < 5)
        {
            await EncodeAsync(encoder);
        }

        var replicas = await services.GetRequiredService<PeerReplicas>().OfAsync($"{first.Address}, {second.Address}", CancellationToken.None);
        Assert.Equal([new Uri(first.Address).Authority, new Uri(second.Address).Authority], replicas.Select(replica => replica.Authority));
    }

    [Fact]
    public async Task A_model_is_unloaded_in_every_replica_and_one_that_is_gone_is_named()
    {
        var (first, second) = (new FakeModels(), new FakeModels());
        await using var one = await EncoderHost.StartAsync(configure: services => services.AddSingleton<IModelHost>(first));
        await using var other = await EncoderHost.StartAsync(configure: services => services.AddSingleton<IModelHost>(second));
        var (builder, _) = EncoderHost.CreateBuilder();
        builder.Services.AddSingleton<ResolverFactory>(new TwoReplicas(new Uri(one.Address).Port, new Uri(other.Address).Port));
        builder.Services.AddRemoteModels("vision", "http://vision.example:7102");
        await using var services = ((IServiceCollection)builder.Services).BuildServiceProvider();
        var models = services.GetRequiredService<IModelHost>();

        var unloaded = await models.UnloadAsync("a", CancellationToken.None).ToArrayAsync();
        var loaded = await models.LoadAsync("a", CancellationToken.None).ToArrayAsync();

        Assert.Equal([new Uri(one.Address).Authority, new Uri(other.Address).Authority], unloaded.Select(part => part.Address));
        Assert.All(loaded, part => Assert.Equal(ModelState.Loaded, part.State));
        Assert.All([first.Asked, second.Asked], asked => Assert.Equal(["unload a", "load a"], asked));

        await other.App.StopAsync();
        var without = await models.UnloadAsync("a", CancellationToken.None).ToArrayAsync();
        Assert.Equal([ModelState.Unloaded, ModelState.Failed], without.Select(part => part.State));
        Assert.Equal(new Uri(other.Address).Authority, without[1].Address);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7070", "127.0.0.1:7070", true)]
    [InlineData("http://localhost:7070", "127.0.0.1:7070", true)]
    [InlineData("http://127.0.0.1:7070", "127.0.0.1:7071", false)]
    [InlineData("http://127.0.0.1:7070", "169.254.169.254:7070", false)]
    [InlineData("http://127.0.0.1:7070", "evil.example:7070", false)]
    [InlineData("http://127.0.0.1:7070", "", false)]
    [InlineData("", "127.0.0.1:7070", false)]
    public async Task Media_are_read_from_the_gateway_and_no_one_else(string gateway, string holder, bool trusted)
    {
        var holders = new TrustedHolders(Options.Create(new PeerOptions { Gateway = gateway }));

        Assert.Equal(trusted, await holders.IncludesAsync(holder, CancellationToken.None));
    }

    private static Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(IEncoder encoder) => encoder.EncodeAsync(
        new EncodeBatch("r", [new MediaItem("a", new InlineSource(new byte[] { 1 }), Modality.Image)]), CancellationToken.None);

    private sealed class FakeModels : IModelHost
    {
        public List<string> Asked { get; } = [];

        public Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ModelOverview>>([]);

        public Task<ModelCheck> CheckAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<ModelPartState> LoadAsync(string name, CancellationToken cancellationToken) => Answer("load", name, ModelState.Loaded);

        public IAsyncEnumerable<ModelPartState> UnloadAsync(string name, CancellationToken cancellationToken) => Answer("unload", name, ModelState.Unloaded);

        private IAsyncEnumerable<ModelPartState> Answer(string verb, string name, ModelState state)
        {
            Asked.Add($"{verb} {name}");
            return new[] { new ModelPartState("vision", ModelTask.Embed, state, "", null) }.ToAsyncEnumerable();
        }
    }

    private sealed class TwoReplicas(params int[] ports) : ResolverFactory
    {
        public override string Name => "dns";

        public override Resolver Create(ResolverOptions options) => new Fixed(options.LoggerFactory, ports);

        private sealed class Fixed(ILoggerFactory loggers, int[] ports) : PollingResolver(loggers)
        {
            protected override Task ResolveAsync(CancellationToken cancellationToken)
            {
                Listener(ResolverResult.ForResult([.. ports.Select(port => new BalancerAddress(IPAddress.Loopback.ToString(), port))]));
                return Task.CompletedTask;
            }
        }
    }
}
