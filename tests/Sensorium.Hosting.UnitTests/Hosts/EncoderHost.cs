using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.UnitTests.Hosts;

/// <summary>A host as services/Vision is one, on ports of its own, around an encoder that the test decides.</summary>
internal sealed class EncoderHost : IAsyncDisposable
{
    private EncoderHost(WebApplication app, FakeEncoder encoder, FakeLogCollector logs)
    {
        (App, Encoder, Logs) = (app, encoder, logs);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        (Address, HttpAddress) = (addresses[0], addresses[1]);
        Channel = GrpcChannel.ForAddress(Address, new GrpcChannelOptions { MaxSendMessageSize = null });
        Client = new V1.EncoderService.EncoderServiceClient(Channel);
    }

    public WebApplication App { get; }

    public FakeEncoder Encoder { get; }

    public FakeLogCollector Logs { get; }

    public string Address { get; }

    public string HttpAddress { get; }

    public GrpcChannel Channel { get; }

    public V1.EncoderService.EncoderServiceClient Client { get; }

    public static async Task<EncoderHost> StartAsync(
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? configure = null,
        Action<WebApplication>? map = null)
    {
        var (builder, encoder) = CreateBuilder(settings);
        builder.Services.AddSingleton<IModelReadiness>(new FakeProbe());
        configure?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapSensoriumDefaults();
        app.MapEncoderService();
        map?.Invoke(app);
        await app.StartAsync();
        return new EncoderHost(app, encoder, app.Services.GetFakeLogCollector());
    }

    public static (WebApplicationBuilder Builder, FakeEncoder Encoder) CreateBuilder(Dictionary<string, string?>? settings = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Sensorium:Host:GrpcPort"] = "0",
            ["Sensorium:Host:HttpPort"] = "0",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Logging.ClearProviders().AddFakeLogging();
        var encoder = new FakeEncoder();
        builder.AddSensoriumDefaults(ServiceProfile.Encoder(Modality.Image));
        builder.Services.AddKeyedSingleton<IEncoder>(Modality.Image, encoder);
        builder.AddEncoderService(Modality.Image);
        return (builder, encoder);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await App.DisposeAsync();
    }
}

internal sealed class FakeProbe : IModelReadiness
{
    public string? Problem { get; set; }

    public string Name { get; init; } = "model";

    public bool IsRequired { get; init; } = true;

    public ValueTask<string?> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Problem);
}
