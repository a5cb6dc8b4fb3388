using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Tensors;
using Sensorium.Generation.Grpc;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Settings;

namespace Sensorium.Generation.UnitTests;

/// <summary>The service as its host maps it, on ports of its own, around a generator that the test decides.</summary>
internal sealed class GenerationHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;

    private GenerationHost(WebApplication app, FakeGenerator generator, FakeGraphs graphs)
    {
        (_app, Generator, Graphs) = (app, generator, graphs);
        Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _channel = GrpcChannel.ForAddress(Address);
        Client = new V1.GenerationService.GenerationServiceClient(_channel);
    }

    public string Address { get; }

    public FakeGenerator Generator { get; }

    public FakeGraphs Graphs { get; }

    public V1.GenerationService.GenerationServiceClient Client { get; }

    public static async Task<GenerationHost> StartAsync(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sensorium:Host:GrpcPort"] = "0",
            ["Sensorium:Host:HttpPort"] = "0",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value));
        builder.Logging.ClearProviders();
        builder.AddSensoriumDefaults(ServiceProfile.Generation);
        var generator = new FakeGenerator();
        builder.Services.AddSingleton<ICaptionGenerator>(generator);
        builder.Services.AddSingleton<ITranscriber, TranscriberHub>();
        var graphs = new FakeGraphs();
        builder.Services.AddSingleton<IGraphInference>(graphs);
        builder.Services.AccountForModels();
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapGrpcService<GenerationGrpcService>();
        app.MapGrpcService<TensorGrpcService>();
        await app.StartAsync();
        return new GenerationHost(app, generator, graphs);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.DisposeAsync();
    }
}
