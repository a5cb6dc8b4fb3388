using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Policies.Draining;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

/// <summary>Replicas come and go while calls are under way.</summary>
public sealed class ReplicaChangeTests
{
    private const int Callers = 8;

    [Fact]
    public async Task A_replica_that_is_added_under_load_takes_part_and_one_that_leaves_loses_nothing()
    {
        await using var first = await EncoderHost.StartAsync();
        await using var second = await EncoderHost.StartAsync();
        var names = new Names(first);
        await using var services = Client(names, "Vision");
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(encoder, end.Token))).ToArray();

        await UntilAsync(() => first.Encoder.Batches.Count > 0);
        names.Set(first, second);
        await UntilAsync(() => second.Encoder.Batches.Count > 10 * Callers);

        // As in DrainDelay: it takes calls until nobody sends it any.
        names.Set(first);
        await UntilMoreAsync(first, 10 * Callers);
        await second.App.StopAsync();
        await UntilMoreAsync(first, 10 * Callers);

        await end.CancelAsync();
        Assert.All(await Task.WhenAll(callers), failed => Assert.Equal(0, failed));
    }

    [Fact]
    public async Task A_replica_of_a_list_that_stops_under_load_loses_nothing()
    {
        await using var leaving = await EncoderHost.StartAsync();
        await using var staying = await EncoderHost.StartAsync();
        await using var services = Client(new Names(), "Vision", $"{leaving.Address},{staying.Address}");
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        using var end = new CancellationTokenSource();
        var callers = Enumerable.Range(0, Callers).Select(_ => Task.Run(() => CallAsync(encoder, end.Token))).ToArray();

        await UntilAsync(() => leaving.Encoder.Batches.Count > 10 * Callers && staying.Encoder.Batches.Count > 10 * Callers);

        // Nobody is told beforehand: calls find it stopping, or gone.
        await leaving.App.StopAsync();
        await UntilMoreAsync(staying, 10 * Callers);

        await end.CancelAsync();
        Assert.All(await Task.WhenAll(callers), failed => Assert.Equal(0, failed));
    }

    [Fact]
    public async Task An_answer_that_a_leaving_replica_refuses_is_written_by_another()
    {
        await using var leaving = await GenerationAsync();
        await using var staying = await GenerationAsync();
        await using var services = Client(new Names(leaving, staying), "Generation");
        var client = new V1.GenerationService.GenerationServiceClient(services.GetRequiredService<PeerChannels>().Get("http://service.example:7100"));

        // A replica takes part as soon as its connection stands.
        while (CallsOf(leaving) == 0 || CallsOf(staying) == 0)
        {
            await GenerateAsync(client);
        }

        leaving.App.Services.GetRequiredService<CallTracker>().BeginDraining();
        var before = CallsOf(staying);
        for (var i = 0; i < 10; i++)
        {
            await GenerateAsync(client);
        }

        Assert.Equal(before + 10, CallsOf(staying));
    }

    private static int CallsOf(EncoderHost host) => host.App.Services.GetRequiredService<OneWord>().Calls;

    private static async Task GenerateAsync(V1.GenerationService.GenerationServiceClient client)
    {
        using var call = client.Generate(new V1.GenerateRequest());
        Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    private static Task<EncoderHost> GenerationAsync() =>
        EncoderHost.StartAsync(configure: services => services.AddSingleton<OneWord>(), map: app => app.MapGrpcService<OneWord>());

    private static ServiceProvider Client(Names names, string service, string address = "http://service.example:7100")
    {
        var (builder, _) = EncoderHost.CreateBuilder(new() { [$"Sensorium:Services:{service}"] = address });
        builder.Services.AddSingleton<ResolverFactory>(names);
        builder.Services.AddRemoteEncoder(Modality.Image);
        return ((IServiceCollection)builder.Services).BuildServiceProvider();
    }

    private static async Task<int> CallAsync(IEncoder encoder, CancellationToken end)
    {
        var failed = 0;
        var batch = new EncodeBatch("r", [new MediaItem("a", new InlineSource(new byte[] { 1 }), Modality.Image)]);
        while (!end.IsCancellationRequested)
        {
            try
            {
                failed += (await encoder.EncodeAsync(batch, CancellationToken.None))[0].Error is null ? 0 : 1;
            }
            catch (Exception)
            {
                failed++;
            }
        }

        return failed;
    }

    private static Task UntilMoreAsync(EncoderHost host, int calls)
    {
        var most = host.Encoder.Batches.Count + calls;
        return UntilAsync(() => host.Encoder.Batches.Count >= most);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!condition())
        {
            await Task.Delay(5, deadline.Token);
        }
    }

    private sealed class OneWord : V1.GenerationService.GenerationServiceBase
    {
        public int Calls { get; private set; }

        public override Task Generate(V1.GenerateRequest request, IServerStreamWriter<V1.GenerateResponse> responseStream, ServerCallContext context)
        {
            Calls++;
            return responseStream.WriteAsync(new V1.GenerateResponse());
        }
    }

    /// <summary>A name service whose changes are seen at once.</summary>
    private sealed class Names(params EncoderHost[] hosts) : ResolverFactory
    {
        private readonly List<Changing> _resolvers = [];
        private EncoderHost[] _hosts = hosts;

        public override string Name => "dns";

        public void Set(params EncoderHost[] now)
        {
            _hosts = now;
            _resolvers.ForEach(resolver => resolver.Refresh());
        }

        public override Resolver Create(ResolverOptions options)
        {
            var resolver = new Changing(this, options.LoggerFactory);
            _resolvers.Add(resolver);
            return resolver;
        }

        private sealed class Changing(Names names, ILoggerFactory loggers) : PollingResolver(loggers)
        {
            protected override Task ResolveAsync(CancellationToken cancellationToken)
            {
                Listener(ResolverResult.ForResult([.. names._hosts.Select(host => new BalancerAddress("127.0.0.1", new Uri(host.Address).Port))]));
                return Task.CompletedTask;
            }
        }
    }
}
