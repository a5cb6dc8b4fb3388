using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class TranscribeCommandTests : GatewayFixture
{
    private const string Sound = "data:audio/wav;base64,UklGRg==";

    [Fact]
    public async Task Writes_each_segment_with_its_times()
    {
        Gateway.OnTranscribe = _ => Said;

        var (exitCode, output, _) = await RunAsync("transcribe", Sound);

        Assert.Equal((0, $"[00:00:00.50 → 00:00:02.00] good morning{Environment.NewLine}"), (exitCode, output));
        var parameters = Assert.Single(Gateway.Transcribes).Parameters;
        Assert.Equal(("", "", false, false), (parameters.Language, parameters.Prompt, parameters.Words, parameters.CarryText));
        Assert.Empty(parameters.Temperatures);
        Assert.False(parameters.HasMaxNoSpeechProb);
    }

    [Fact]
    public async Task Writes_plain_text() =>
        Assert.Equal($"good morning{Environment.NewLine}", (await RunPlainAsync()).Output);

    [Fact]
    public async Task What_is_asked_for_goes_to_the_model()
    {
        await RunAsync("transcribe", Sound, "-m", "speech", "-l", "de", "--translate", "--prompt", "Dr. Wu", "--carry-text", "--fallback", "--best-of", "5");

        var request = Assert.Single(Gateway.Transcribes);
        Assert.Equal(("speech", "de", TranscriptionTask.Translate), (request.Model.Id, request.Parameters.Language, request.Parameters.Task));
        Assert.Equal(("Dr. Wu", true), (request.Parameters.Prompt, request.Parameters.CarryText));
        Assert.Equal([0, 0.2f, 0.4f, 0.6f, 0.8f, 1], request.Parameters.Temperatures);
        Assert.Equal((0.6f, 5u), (request.Parameters.MaxNoSpeechProb, request.Parameters.BestOf));
    }

    [Fact]
    public async Task Words_are_written_as_json()
    {
        Gateway.OnTranscribe = _ => Said;

        var (_, output, _) = await RunAsync("transcribe", Sound, "--words", "--json");

        using var line = JsonDocument.Parse(output);
        Assert.True(Gateway.Transcribes[0].Parameters.Words);
        Assert.Equal(("good morning", 0.5), (line.RootElement.GetProperty("text").GetString(), line.RootElement.GetProperty("start").GetDouble()));
        Assert.Equal(" good", line.RootElement.GetProperty("words")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_sound_is_needed() => Assert.Equal(2, (await RunAsync("transcribe")).ExitCode);

    private static TranscriptEvent[] Said =>
    [
        new TranscriptEvent
        {
            Segment = new TranscriptSegment
            {
                Text = "good morning",
                Range = RangeOf(0.5, 2),
                Words = { new TranscriptWord { Text = " good", Range = RangeOf(0.5, 1) } },
            },
        },
        new TranscriptEvent { Finished = new TranscriptFinished() },
    ];

    private static TimeRange RangeOf(double start, double end) => new() { Start = Time(start), End = Time(end) };

    private static Duration Time(double seconds) => Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds));

    private async Task<(int ExitCode, string Output, string Error)> RunPlainAsync()
    {
        Gateway.OnTranscribe = _ => Said;
        return await RunAsync("transcribe", Sound, "--plain");
    }
}
