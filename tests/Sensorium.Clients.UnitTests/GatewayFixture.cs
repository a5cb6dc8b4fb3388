using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensorium.Cli;
using Xunit;

namespace Sensorium.Clients.UnitTests;

/// <summary>A scripted gateway behind a real socket, and the command line in front of it.</summary>
public abstract class GatewayFixture : IAsyncLifetime
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-cli-");

    protected GatewayFixture()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        builder.WebHost.UseUrls();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(Gateway);
        builder.Services.AddSingleton(Gateway.Health);
        builder.Services.AddSingleton(Gateway.Models);
        _app = builder.Build();
        _app.MapGrpcService<ScriptedGateway>();
        _app.MapGrpcService<ScriptedModels>();
        _app.MapGrpcService<ScriptedGateway.HealthOfScript>();
    }

    internal ScriptedGateway Gateway { get; } = new();

    protected string Address { get; private set; } = "";

    protected static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync();
        Address = _app.Urls.First();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    protected string WriteFile(string name, byte[] content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    internal Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args) => RunUntilAsync(TestEnd, args);

    internal Task<(int ExitCode, string Output, string Error)> RunUntilAsync(CancellationToken end, params string[] args) => RunAtAsync(Address, end, args);

    internal static async Task<(int ExitCode, string Output, string Error)> RunAtAsync(string address, CancellationToken end, params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var console = new CliConsole(output, error, interactive: false);
        var exitCode = await Sensorium.Cli.Cli.RunAsync([.. args, "--address", address], console, end);
        return (exitCode, output.ToString(), error.ToString());
    }
}
