using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class CaptionCommandTests : GatewayFixture
{
    [Fact]
    public async Task Writes_the_deltas_after_the_name_of_the_file()
    {
        Gateway.OnCaption = _ => [Events.Started(), Events.Delta("a dog"), Events.Delta(" runs"), Events.Finished("a dog runs")];

        var (exitCode, output, error) = await RunAsync("caption", WriteFile("dog.jpg", [1, 2, 3]));

        Assert.Equal((0, $"dog.jpg: a dog runs{Environment.NewLine}", ""), (exitCode, output, error));
        Assert.Equal([1, 2, 3], Assert.Single(Assert.Single(Gateway.Captions).Media).Data.ToByteArray());
    }

    [Fact]
    public async Task Passes_on_only_the_parameters_that_were_given()
    {
        Gateway.OnCaption = _ => [Events.Started(), Events.Finished("")];

        await RunAsync("caption", "text:hello", "--prompt", "two", "--temperature", "0", "--seed", "18446744073709551615", "--beams", "3", "--no-cache");

        var request = Assert.Single(Gateway.Captions);
        Assert.Equal(("two", CachePolicy.Bypass), (request.Prompt, request.CachePolicy));
        Assert.Equal("hello", Assert.Single(request.Media).Text);
        Assert.Equal(new GenerationParameters { Temperature = 0, Seed = ulong.MaxValue, NumBeams = 3 }, request.Parameters);
        Assert.True(request.Parameters.HasTemperature);
        Assert.False(request.Parameters.HasTopP);
    }

    [Fact]
    public async Task Captions_several_files_apart_or_together()
    {
        Gateway.OnCaption = _ => [Events.Started(), Events.Delta("x"), Events.Finished("x")];
        string[] files = [WriteFile("a.png", [1]), WriteFile("b.wav", [2])];

        var apart = await RunAsync(["caption", .. files]);
        var together = await RunAsync(["caption", "--together", .. files]);

        Assert.Equal(["a.png: x", "b.wav: x", ""], apart.Output.Split(Environment.NewLine));
        Assert.Equal(["a.png + b.wav: x", ""], together.Output.Split(Environment.NewLine));
        Assert.Equal([1, 1, 2], Gateway.Captions.Select(request => request.Media.Count));
    }

    [Fact]
    public async Task Writes_several_choices_when_they_are_complete()
    {
        Gateway.OnCaption = _ => [Events.Started(), Events.Delta("b", 1), Events.Finished("b", 1), Events.Delta("a"), Events.Finished("a")];

        var (exitCode, output, _) = await RunAsync("caption", "text:x", "-n", "2");

        Assert.Equal(0, exitCode);
        Assert.Equal(["text:x [0]: a", "text:x [1]: b", ""], output.Split(Environment.NewLine));
    }

    [Fact]
    public async Task Json_is_one_object_with_text_and_warnings()
    {
        var warning = new Warning { Reason = "UNTRAINED_FUSION", Message = "…" };
        Gateway.OnCaption = _ => [Events.Started(warning), Events.Delta("é"), Events.Finished("é")];

        var (_, output, _) = await RunAsync("caption", "text:x", "--json");

        using var json = JsonDocument.Parse(output);
        Assert.Equal("é", json.RootElement.GetProperty("choices")[0].GetProperty("text").GetString());
        Assert.Equal("UNTRAINED_FUSION", json.RootElement.GetProperty("warnings")[0].GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Warnings_go_to_standard_error()
    {
        Gateway.OnCaption = _ => [Events.Started(new Warning { Reason = "SEGMENTS_SAMPLED", Message = "4 of 9" }), Events.Finished("a")];

        var (exitCode, _, error) = await RunAsync("caption", "text:x");

        Assert.Equal((0, $"warning: SEGMENTS_SAMPLED: 4 of 9{Environment.NewLine}"), (exitCode, error));
    }

    [Fact]
    public async Task A_refusal_is_one_line_with_reason_and_retry_delay()
    {
        Gateway.OnCaption = _ => throw Refusal();

        var (exitCode, output, error) = await RunAsync("caption", "text:x");

        Assert.Equal((1, "", $"sensorium: OVERLOADED: the queue is full; try again in 1.5 s{Environment.NewLine}"), (exitCode, output, error));
    }

    [Fact]
    public async Task A_bad_file_does_not_keep_the_others_from_their_captions()
    {
        Gateway.OnCaption = request => request.Media[0].Text == "bad" ? throw Refusal() : [Events.Started(), Events.Delta("fine"), Events.Finished("fine")];

        var (exitCode, output, error) = await RunAsync("caption", "text:bad", "text:good");

        Assert.Equal((1, $"text:good: fine{Environment.NewLine}"), (exitCode, output));
        Assert.StartsWith("sensorium: text:bad: OVERLOADED", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_ends_early_is_an_error()
    {
        Gateway.OnCaption = _ => [Events.Started(), Events.Delta("a do")];

        var (exitCode, _, error) = await RunAsync("caption", "text:x");

        Assert.Equal(1, exitCode);
        Assert.Contains("INCOMPLETE_STREAM", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        var (exitCode, _, error) = await RunAsync("caption", "nowhere.jpg");

        Assert.Equal(2, exitCode);
        Assert.StartsWith("sensorium: nowhere.jpg: no such file", error, StringComparison.Ordinal);
        Assert.Empty(Gateway.Captions);
    }

    private static RpcException Refusal()
    {
        var status = new Google.Rpc.Status { Code = (int)Code.ResourceExhausted, Message = "the queue is full" };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = "OVERLOADED", Domain = "sensorium.dev" }));
        status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)) }));
        return status.ToRpcException();
    }
}
