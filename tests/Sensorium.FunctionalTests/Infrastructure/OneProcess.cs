using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensorium.Gateway;
using Xunit;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>The gateway with everything in its process, on real sockets.</summary>
public class OneProcess : Deployment
{
    private WebApplication? _app;
    private Uri? _http;

    public override bool Distributed => false;

    /// <summary>Beside the common ones.</summary>
    protected virtual IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>();

    public override async ValueTask InitializeAsync()
    {
        await StartAsync();
        await UntilServingAsync();
    }

    /// <summary>Returns when the gateway says that it serves.</summary>
    public async Task UntilServingAsync()
    {
        using var watch = new Health.HealthClient(Channel).Watch(new HealthCheckRequest(), deadline: DateTime.UtcNow.AddMinutes(2));
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Status != HealthCheckResponse.Types.ServingStatus.Serving);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    /// <summary>Returns when the gateway answers calls, whether it is ready or not.</summary>
    protected async Task StartAsync()
    {
        _app = GatewayApplication.Create([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(CommonSettings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Sensorium:Host:GrpcPort"] = "0",
                ["Sensorium:Host:HttpPort"] = "0",
            });
            builder.Configuration.AddInMemoryCollection(Settings);
            builder.Logging.ClearProviders().AddProvider(Errors);
        });
        await _app.StartAsync();
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        _http = new Uri(addresses[1]);
        Connect(addresses[0]);
    }

    protected override Uri HttpOf(string service) => _http!;
}
