using System.Security.Cryptography;
using Grpc.Core;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>A request is one trace, through every process that it passes.</summary>
[Collection(InSixProcesses.Name)]
public sealed class TraceTests(SixProcesses deployment) : DeploymentTests(deployment)
{
    private const string Caller = "b7ad6b7169203331";
    private static readonly string[] Services = ["gateway", "text", "vision", "audio", "video", "generation"];

    [Fact]
    public async Task A_caption_is_one_trace_over_gateway_generation_encoders_and_Redis()
    {
        var trace = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        using (var call = Client.Caption(
            new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(411)), Data(Fresh(Videos.WithTracks)) }, Parameters = new() { Temperature = 0, NumBeams = 1 } },
            new Metadata { { "traceparent", $"00-{trace}-{Caller}-01" } }))
        {
            Assert.NotEmpty((await call.ResponseStream.ReadAllAsync().LastAsync()).Event.Finished.Text);
        }

        var spans = await deployment.Traces.UntilAsync(trace, spans => Services.All(service => spans.Any(span => span.Service == $"sensorium-{service}"))
            && spans.All(span => span.ParentId == Caller || spans.Any(other => other.Id == span.ParentId)));

        Assert.Equal(Services.Select(service => $"sensorium-{service}").Order(), spans.Select(span => span.Service).Distinct().Order());
        Assert.All(spans, span => Assert.Equal(Caller, Way(spans, span)[^1]));
        Assert.Equal(("sensorium-gateway", "POST /sensorium.v1.SensoriumService/Caption"), One(spans.Where(span => span.ParentId == Caller)));
        Assert.Contains(spans, span => span is { Service: "sensorium-generation", Name: "redis get" });
        Assert.Equal(
            ["sensorium-gateway", "sensorium-generation"],
            Hosts(spans, spans.Single(span => span.Name == "sensorium.generation.generate")));
        Assert.All(Services.Except(["gateway", "generation"]), encoder => Assert.Contains(
            spans.Where(span => span.Name == "sensorium.encoder.item" && span.Service == $"sensorium-{encoder}"),
            item => Hosts(spans, item).SequenceEqual(["sensorium-gateway", "sensorium-generation", $"sensorium-{encoder}"])));
    }

    private static (string, string) One(IEnumerable<CollectedSpan> spans)
    {
        var span = Assert.Single(spans);
        return (span.Service, span.Name);
    }

    // From a span up to the caller, whose span is none of ours.
    private static List<string> Way(IReadOnlyList<CollectedSpan> spans, CollectedSpan span)
    {
        var way = new List<string> { span.Id };
        for (CollectedSpan? at = span; at is not null; at = spans.SingleOrDefault(other => other.Id == way[^1]))
        {
            way.Add(at.ParentId);
        }

        return way;
    }

    private static List<string> Hosts(IReadOnlyList<CollectedSpan> spans, CollectedSpan span) =>
        [.. Way(spans, span).Select(id => spans.SingleOrDefault(other => other.Id == id)?.Service).OfType<string>().Distinct().Reverse()];

    // The same video with a box behind it that means nothing: no cache has seen it.
    private static byte[] Fresh(byte[] video) => [.. video, 0, 0, 0, 24, .. "free"u8, .. Guid.NewGuid().ToByteArray()];
}
