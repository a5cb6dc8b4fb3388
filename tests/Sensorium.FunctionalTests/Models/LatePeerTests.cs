using Grpc.Health.V1;
using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

public sealed class LatePeerTests(LatePeer deployment) : DeploymentTests(deployment), IClassFixture<LatePeer>
{
    private readonly LatePeer _services = deployment;

    [Fact]
    public async Task Readiness_tells_of_a_service_that_is_not_there_and_serves_when_it_comes()
    {
        await UntilReadinessAsync(namesText: true);
        var health = await new Health.HealthClient(_services.Channel).CheckAsync(new HealthCheckRequest());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, health.Status);

        await _services.Text.StartAsync();
        await _services.UntilServingAsync();
        await UntilReadinessAsync(namesText: false);
        await AssertStillServingAsync();

        await _services.Text.KillAsync();
        await UntilReadinessAsync(namesText: true);

        await _services.Text.StartAsync();
        await _services.UntilServingAsync();
        await UntilReadinessAsync(namesText: false);
    }

    [Fact]
    public async Task The_page_is_off_where_it_is_switched_off()
    {
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri(_services.GatewayHttp, "/"), TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
    }

    // What the models have no part for is listed all the while.
    private async Task UntilReadinessAsync(bool namesText)
    {
        using var http = new HttpClient();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string body;
        do
        {
            using var response = await http.GetAsync(new Uri(_services.GatewayHttp, "/health/ready"), CancellationToken.None);
            body = await response.Content.ReadAsStringAsync(CancellationToken.None);
            Assert.False(timeout.IsCancellationRequested, $"Readiness says: {body}");
            await Task.Delay(50, CancellationToken.None);
        }
        while (body.Contains("\"text\"", StringComparison.Ordinal) != namesText);
    }
}

/// <summary>A gateway that starts before the one service that it has an address of.</summary>
public sealed class LatePeer : OneProcess
{
    private readonly ModelFolders _folders = new();

    public LatePeer()
    {
        _folders.AddPack("words", ["text"], withDecoder: false);
        var ports = Ports.Free(2);
        Text = ServiceProcess.Create("text", ports[0], ports[1], Errors);
        Text.Settings["Sensorium:Models:Folder"] = _folders.Root;
    }

    internal ServiceProcess Text { get; }

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Models:Folder"] = _folders.Root,
        ["Sensorium:Services:Text"] = Text.Address,
        ["Sensorium:Services:StartupPatience"] = "00:10:00",
        ["Sensorium:Playground:Enabled"] = "false",
    };

    public override async ValueTask InitializeAsync() => await StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Text.DisposeAsync();
        _folders.Dispose();
    }
}
