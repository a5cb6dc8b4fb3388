using System.Buffers.Binary;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class LiveSocketInOneProcess(OneProcess deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task A_page_sends_frames_and_sound_and_reads_what_they_show()
    {
        var told = await RunAsync(
            """{"requestId": "w-1", "watch": [{"name": "a dog", "minSimilarity": -1}], "sound": {"encoding": "LIVE_SOUND_ENCODING_PCM_F32", "sampleRate": 48000}}""",
            Message(1, 0.5, Pictures.Jpeg(40)),
            Message(2, 0.5, new byte[48_000 * 4]),
            "end"u8.ToArray());

        Assert.Equal("w-1", told[0].GetProperty("event").GetProperty("started").GetProperty("requestId").GetString());
        var alerts = told.Where(said => said.GetProperty("event").TryGetProperty("alert", out _)).Select(said => said.GetProperty("event")).ToArray();
        var times = alerts.Select(alert => double.Parse(alert.GetProperty("range").GetProperty("end").GetString()!.TrimEnd('s'), CultureInfo.InvariantCulture)).Order().ToArray();
        Assert.Equal(2, times.Length);
        Assert.Equal(0.5, times[0]);
        Assert.InRange(times[1], 1.49, 1.5);
        Assert.Equal("1", told[^1].GetProperty("event").GetProperty("finished").GetProperty("frames").GetProperty("done").GetString());
        await AssertStillServingAsync();
    }

    [Theory]
    [InlineData("{", ErrorReasons.MalformedRequest, "header")]
    [InlineData("""{"watching": []}""", ErrorReasons.MalformedRequest, "watching")]
    [InlineData("""{"sound": {"sampleRate": 16000}}""", ErrorReasons.InvalidParameter, "sound.encoding")]
    public async Task A_header_that_cannot_be_is_told_before_the_end(string header, string reason, string inMessage)
    {
        var error = Assert.Single(await RunAsync(header)).GetProperty("error");

        Assert.Equal(reason, error.GetProperty("reason").GetString());
        Assert.Contains(inMessage, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(9, 0, 1, ErrorReasons.MalformedRequest)]
    [InlineData(1, double.NaN, 1, ErrorReasons.InvalidParameter)]
    [InlineData(1, -1, 1, ErrorReasons.InvalidParameter)]
    [InlineData(1, 4e11, 1, ErrorReasons.InvalidParameter)]
    [InlineData(1, 0, 0, ErrorReasons.EmptyMedia)]
    [InlineData(2, 0, 2, ErrorReasons.InvalidParameter)]
    public async Task A_message_that_cannot_be_ends_the_stream_with_its_reason(byte kind, double time, int bytes, string reason)
    {
        var told = await RunAsync("{}", Message(kind, time, new byte[bytes]));

        Assert.Equal(reason, told[^1].GetProperty("error").GetProperty("reason").GetString());
        await AssertStillServingAsync();
    }

    [Fact]
    public async Task What_ends_a_stream_while_nothing_comes_in_is_told()
    {
        var told = await RunAsync("""{"captions": {"model": {"id": "nobody"}}}""", Message(1, 0, Pictures.Jpeg(1)));

        Assert.Equal(ErrorReasons.ModelMismatch, told[^1].GetProperty("error").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_and_a_plain_call_told_what_is_there()
    {
        var told = await RunAsync("{}", new byte[9 << 20]);
        Assert.Equal(ErrorReasons.MessageTooLarge, told[^1].GetProperty("error").GetProperty("reason").GetString());

        using var http = new HttpClient { BaseAddress = Sensorium.GatewayHttp };
        using var answer = await http.GetAsync(new Uri("live", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_page_that_leaves_ends_its_stream()
    {
        using (var socket = await ConnectAsync())
        {
            await socket.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
            socket.Abort();
        }

        await AssertStillServingAsync();
    }

    private static byte[] Message(byte kind, double time, byte[] content)
    {
        var message = new byte[9 + content.Length];
        message[0] = kind;
        BinaryPrimitives.WriteDoubleLittleEndian(message.AsSpan(1), time);
        content.CopyTo(message, 9);
        return message;
    }

    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("sensorium.live");
        await socket.ConnectAsync(new UriBuilder(new Uri(Sensorium.GatewayHttp, "live")) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private async Task<List<JsonElement>> RunAsync(string header, params byte[][] messages)
    {
        using var socket = await ConnectAsync();
        Assert.Equal("sensorium.live", socket.SubProtocol);
        var sending = SendAsync(socket, header, messages);
        var told = new List<JsonElement>();
        var buffer = new byte[1 << 20];
        while (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken) is { MessageType: WebSocketMessageType.Text } received)
        {
            told.Add(JsonElement.Parse(buffer.AsSpan(0, received.Count)));
        }

        await sending;
        return told;
    }

    private static async Task SendAsync(ClientWebSocket socket, string header, byte[][] messages)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(header), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        foreach (var message in messages)
        {
            var type = message.AsSpan().SequenceEqual("end"u8) ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
            try
            {
                await socket.SendAsync(message, type, endOfMessage: true, TestContext.Current.CancellationToken);
            }
            catch (WebSocketException)
            {
                // The gateway has ended the stream, and says why.
                return;
            }
        }
    }
}
