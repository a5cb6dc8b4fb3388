using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class CaptionOperationTests : IDisposable
{
    private static readonly CaptionJob Job = new("r", [], "a", new GenerationParameters());

    private readonly TestGateway _gateway = new();
    private readonly FakeGenerator _generator = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task The_generator_gets_the_job_with_its_media_and_its_events_are_the_answer()
    {
        var events = await RunAsync(Job with { Deadline = DateTimeOffset.UnixEpoch }, Picture(7, 0), Picture(8, 1));

        Assert.Equal([typeof(CaptionStarted), typeof(CaptionDelta)], events.Select(said => said.GetType()));
        var job = Assert.Single(_generator.Jobs);
        Assert.Equal(("a", DateTimeOffset.UnixEpoch), (job.Prompt, job.Deadline));
        Assert.Equal([("item-0", (Modality?)Modality.Image), ("item-1", Modality.Image)], job.Media.Select(item => (item.ItemId, item.Modality)));
    }

    [Fact]
    public async Task With_partial_results_a_bad_medium_is_told_right_after_the_start()
    {
        var events = await RunAsync(Job with { AllowPartial = true }, Picture(7, 0), Picture(0xFF, 1));

        Assert.Equal([typeof(CaptionStarted), typeof(CaptionMediaError), typeof(CaptionDelta)], events.Select(said => said.GetType()));
        var bad = (CaptionMediaError)events[1];
        Assert.Equal(("item-1", ErrorReasons.UnknownModality, "media[1]"), (bad.ItemId, bad.Error.Reason, bad.Error.Field));
        Assert.Equal("item-0", Assert.Single(_generator.Jobs.Single().Media).ItemId);
    }

    [Theory]
    [InlineData(false, 7, 0xFF)]
    [InlineData(true, 0xFF, 0xFF)]
    public async Task Without_partial_results_or_any_good_medium_the_first_refusal_is_the_requests(bool allowPartial, byte first, byte second)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(
            () => RunAsync(Job with { AllowPartial = allowPartial }, Picture(first, 0), Picture(second, 1)));

        Assert.Equal(ErrorReasons.UnknownModality, error.Reason);
        Assert.Equal(first == 0xFF ? "media[0]" : "media[1]", error.Field);
        Assert.Empty(_generator.Jobs);
        Assert.Equal(0, _gateway.Media.Open);
    }

    [Fact]
    public async Task Content_is_let_go_when_the_caller_stops_listening_or_the_generator_fails()
    {
        await foreach (var _ in Start(Job, Picture(7, 0)))
        {
            Assert.Equal(1, _gateway.Media.Open);
            break;
        }

        Assert.Equal(0, _gateway.Media.Open);
        _generator.Failure = SensoriumException.Overloaded("busy", TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(Job, Picture(7, 0)));
        Assert.Equal(0, _gateway.Media.Open);
    }

    private static MediaInput Picture(byte content, int index) => TestGateway.Picture(content, index, "media");

    private async Task<List<CaptionEvent>> RunAsync(CaptionJob job, params MediaInput[] media)
    {
        var events = new List<CaptionEvent>();
        await foreach (var said in Start(job, media))
        {
            events.Add(said);
        }

        return events;
    }

    private IAsyncEnumerable<CaptionEvent> Start(CaptionJob job, params MediaInput[] media) =>
        new CaptionOperation(_gateway.Intake, _generator).RunAsync(media, job, TestContext.Current.CancellationToken);
}
