using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class MetricsInOneProcess(OneProcess deployment) : MetricsTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class MetricsInSixProcesses(SixProcesses deployment) : MetricsTests(deployment);

public abstract class MetricsTests(Deployment deployment) : DeploymentTests(deployment)
{
    private static readonly string[] Services = ["gateway", "text", "vision", "audio", "video", "generation"];

    [Fact]
    public async Task Traffic_brings_every_metric_of_the_page()
    {
        await AnswerRequestsAsync();

        var pages = string.Join('\n', await Task.WhenAll(Services.Select(Sensorium.MetricsAsync)));
        var found = pages.Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' '))
            .Select(words => (Name: words[2], Kind: words[3])).ToHashSet();

        var documented = Documented();
        Assert.Empty(documented.Where(row => row.When == "always").Select(row => (row.Name, row.Kind)).Except(found));
        Assert.Empty(found.Where(metric => metric.Name.StartsWith("sensorium_", StringComparison.Ordinal)).Except(documented.Select(row => (row.Name, row.Kind))));
        Assert.Contains(("sensorium_cache_hits_total", "counter"), found);
    }

    private async Task AnswerRequestsAsync()
    {
        await CaptionAsync(new V1.CaptionRequest { Media = { Data(Videos.WithTracks) } });
        await EmbedAsync(Text("a dog"));
        await EmbedAsync(Text("a dog"));
        await LookAsync();
    }

    private async Task LookAsync()
    {
        using var call = Client.Live();
        await call.RequestStream.WriteAsync(new V1.LiveRequest { Header = new V1.LiveHeader { Watch = { new V1.WatchedWords { Name = "a dog", MinSimilarity = -1 } } } });
        await call.RequestStream.WriteAsync(new V1.LiveRequest { Frame = new V1.LiveFrame { Data = Google.Protobuf.UnsafeByteOperations.UnsafeWrap(Pictures.Jpeg(40)) } });
        await call.RequestStream.CompleteAsync();
        while (await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            // Until all has been told.
        }
    }

    // | `sensorium.x.y` | `sensorium_x_y_total` | counter | item | always | … |
    private static (string Name, string Kind, string When)[] Documented() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "metrics.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[2].Trim('`'), cells[3], cells[5])),
    ];
}
