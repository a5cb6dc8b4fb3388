using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Balancing;

/// <summary>A replica whose machine takes connections, and which answers nothing, as one that is stopped or stuck.</summary>
public sealed class HungReplicaTests
{
    [Fact]
    public async Task It_gets_no_more_calls_while_another_answers()
    {
        using var hung = new TcpListener(IPAddress.Loopback, 0);
        hung.Start();
        await using var well = await EncoderHost.StartAsync();
        await using var services = Client($"http://127.0.0.1:{((IPEndPoint)hung.LocalEndpoint).Port},{well.Address}");
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        await UntilDescribedAsync(encoder, end.Token);

        // Those that go to it stay there until they are given up.
        List<Task> lost = [];
        while (!services.GetFakeLogCollector().GetSnapshot().Any(record => record.Id.Id == 5050))
        {
            lost.Add(EncodeAsync(encoder, end.Token));
            await Task.WhenAny(lost[^1], Task.Delay(20, end.Token));
        }

        for (var i = 0; i < 20; i++)
        {
            await EncodeAsync(encoder, end.Token);
        }

        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(lost));
    }

    // The question what the service is may go to the hung one, too, and is not asked again for each call once it is answered.
    private static async Task UntilDescribedAsync(IEncoder encoder, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await encoder.DescribeAsync(cancellationToken);
                return;
            }
            catch (SensoriumException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private static ServiceProvider Client(string address)
    {
        var (builder, _) = EncoderHost.CreateBuilder(new()
        {
            ["Sensorium:Services:Vision"] = address,
            ["Sensorium:Services:DescribeTimeout"] = "00:00:01",
            ["Sensorium:Services:Circuit:Silence"] = "00:00:00.1",
            ["Sensorium:Services:Circuit:Duration"] = "00:10:00",
            ["Sensorium:Services:Circuit:MaxDuration"] = "00:10:00",
        });
        builder.Services.AddRemoteEncoder(Modality.Image);
        return ((IServiceCollection)builder.Services).BuildServiceProvider();
    }

    private static Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(IEncoder encoder, CancellationToken cancellationToken) => encoder.EncodeAsync(
        new EncodeBatch("r", [new MediaItem("a", new InlineSource(new byte[] { 1 }), Modality.Image)]), cancellationToken);
}
