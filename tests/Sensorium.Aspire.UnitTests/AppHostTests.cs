using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Sensorium.Client;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Aspire.UnitTests;

/// <summary>The sample app host, started for real: a gateway and two replicas of the vision service as processes.</summary>
[Trait("Tier", "Full")]
public sealed class AppHostTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_sample_becomes_healthy_and_answers_by_its_connection_string()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Patience);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Program>(timeout.Token);
        await using var app = await builder.BuildAsync(timeout.Token);
        await app.StartAsync(timeout.Token);
        foreach (var name in new[] { "sensorium", "sensorium-vision-1", "sensorium-vision-2" })
        {
            await app.ResourceNotifications.WaitForResourceHealthyAsync(name, timeout.Token);
        }

        using var client = new SensoriumClient((await app.GetConnectionStringAsync("sensorium", timeout.Token))!);
        var status = await client.StatusAsync(timeout.Token);
        using var http = app.CreateHttpClient("sensorium", "http");

        var vision = status.Services.Single(service => service.Name == "vision");
        Assert.True(vision.Ready, vision.Detail);
        Assert.Contains(',', vision.Address);
        Assert.Contains("\"data\"", await http.GetStringAsync(new Uri("/v1/models", UriKind.Relative), timeout.Token), StringComparison.Ordinal);
    }
}
