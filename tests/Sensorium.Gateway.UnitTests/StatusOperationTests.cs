using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Caching.Diagnostics;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.UnitTests.Fakes;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class StatusOperationTests : IDisposable
{
    private readonly TestGateway _gateway = new();
    private readonly FakeGenerator _generator = new();
    private readonly FakeCache _cache = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Every_service_is_listed_with_its_model_and_the_cache_without_one()
    {
        var states = await RunAsync(new PeerOptions());

        Assert.Equal(["text", "vision", "audio", "video", "generation", "cache"], states.Select(state => state.Name));
        Assert.All(states, state => Assert.Equal(("in-process", null), (state.Address, state.Problem)));
        Assert.Equal(["fake", "fake", "fake", "fake", "teller", null], states.Select(state => state.Model?.Id));
    }

    [Fact]
    public async Task What_a_probe_finds_is_the_problem_of_its_service_alone()
    {
        var states = await RunAsync(new PeerOptions(), new Probe("vision", "its model fails"));

        Assert.Equal("its model fails", states.Single(state => state.Problem is not null).Problem);
        Assert.Equal("vision", states.Single(state => state.Problem is not null).Name);
    }

    [Fact]
    public async Task A_service_that_cannot_say_what_it_is_has_a_problem_and_no_model()
    {
        _generator.Failure = SensoriumException.Unavailable(ErrorReasons.NotReady, "still loading");

        var generation = (await RunAsync(new PeerOptions())).Single(state => state.Name == "generation");

        Assert.Equal(("still loading", null), (generation.Problem, generation.Model));
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_says_so_under_its_address()
    {
        // Nothing listens on the reserved port 1.
        var states = await RunAsync(new PeerOptions { Vision = "http://127.0.0.1:1" });

        var vision = states.Single(state => state.Name == "vision");
        Assert.Equal("127.0.0.1:1", vision.Address);
        Assert.StartsWith("does not answer", vision.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cache_without_its_Redis_is_a_problem_with_a_reason()
    {
        _cache.Now = _cache.Now with { State = CacheState.Degraded, Reason = "no answer", SharedEndpoint = "redis:6379" };

        var cache = (await RunAsync(new PeerOptions()))[^1];

        Assert.Equal(("cache", "redis:6379", "no answer"), (cache.Name, cache.Address, cache.Problem));
    }

    private async Task<IReadOnlyList<ServiceState>> RunAsync(PeerOptions peers, params IModelReadiness[] probes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddSensoriumDefaults(ServiceProfile.Gateway);
        await using var app = builder.Build();
        var status = new StatusOperation(
            _gateway.Directory, _generator, new FakeImages(), _cache, app.Services.GetRequiredService<PeerHealth>(), probes, Options.Create(peers));
        return await status.RunAsync(TestContext.Current.CancellationToken);
    }

    private sealed class FakeCache : ICacheDiagnostics
    {
        public CacheSnapshot Now { get; set; } = new(CacheState.Ready, null, null);

        public CacheSnapshot Snapshot() => Now;
    }

    private sealed class Probe(string name, string problem) : IModelReadiness
    {
        public string Name => name;

        public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(problem);
    }
}
