using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class ConnectInOneProcess(OneProcess deployment) : ConnectTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class ConnectInSixProcesses(SixProcesses deployment) : ConnectTests(deployment);

/// <summary>The API as browsers and curl call it.</summary>
public abstract class ConnectTests(Deployment deployment) : DeploymentTests(deployment), IDisposable
{
    private const string Service = "sensorium.v1.SensoriumService";
    private readonly HttpClient _http = new() { BaseAddress = deployment.GatewayHttp };

    [Fact]
    public async Task A_call_in_json_gives_what_gRPC_gives()
    {
        var (status, body) = await PostAsync("Embed", """{"items": [{"itemId": "a", "text": "a dog"}]}""");

        var response = V1.EmbedResponse.Parser.ParseJson(body);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((await EmbedAsync(Text("a dog"))).Encoded.Embedding, Assert.Single(response.Results).Encoded.Embedding);
    }

    [Fact]
    public async Task A_call_in_protobuf_is_answered_in_protobuf()
    {
        var request = new V1.EmbedRequest { Items = { Data(Pictures.Jpeg(1)) } };
        using var content = new ByteArrayContent(request.ToByteArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/proto") } };

        using var response = await _http.PostAsync(Path("Embed"), content, TestContext.Current.CancellationToken);

        Assert.Equal("application/proto", response.Content.Headers.ContentType?.MediaType);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(Assert.Single(V1.EmbedResponse.Parser.ParseFrom(bytes).Results).Encoded);
    }

    [Theory]
    [InlineData("", """{"items": []}""", "", 400, "invalid_argument", "items")]
    [InlineData("", """{"itemz": []}""", "", 400, "invalid_argument", "itemz")]
    [InlineData("", """{"items": 7}""", "", 400, "invalid_argument", "read")]
    [InlineData("", """{"items": [""", "", 400, "invalid_argument", "read")]
    [InlineData("", """[]""", "", 400, "invalid_argument", "read")]
    [InlineData("", "\"\\ud800\"", "", 400, "invalid_argument", "read")]
    [InlineData("Connect-Timeout-Ms", """{"items": []}""", "soon", 400, "invalid_argument", "Connect-Timeout-Ms")]
    [InlineData("Connect-Timeout-Ms", """{"items": [{"text": "late"}]}""", "0", 504, "deadline_exceeded", "deadline")]
    public async Task A_bad_request_is_told_in_the_words_of_Connect(
        string header, string json, string value, int expected, string code, string inMessage)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Path("Embed")) { Content = Json(json) };
        if (header.Length > 0)
        {
            request.Headers.Add(header, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((expected, code), ((int)response.StatusCode, error.RootElement.GetProperty("code").GetString()));
        Assert.Contains(inMessage, error.RootElement.GetProperty("message").GetString(), StringComparison.OrdinalIgnoreCase);
        var info = error.RootElement.GetProperty("details")[0];
        Assert.Equal("google.rpc.ErrorInfo", info.GetProperty("type").GetString());
        Assert.Equal("sensorium.dev", info.GetProperty("debug").GetProperty("domain").GetString());
        await AssertStillServingAsync();
    }

    [Fact]
    public async Task A_stream_ends_with_how_it_went()
    {
        var media = new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(1)) } };

        var messages = await StreamAsync("Caption", Envelope(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(media))));

        Assert.Equal(2, messages[^1].Flags);
        Assert.Equal("{}", messages[^1].Json);
        var events = messages[..^1].Select(message => V1.CaptionResponse.Parser.ParseJson(message.Json).Event).ToArray();
        Assert.Equal(await CaptionTextAsync(media), events.Single(said => said.Finished is not null).Finished.Text);
    }

    [Theory]
    [InlineData("""{"media": []}""", 0, "invalid_argument")]
    [InlineData("""{"media": []}""", 1, "unimplemented")]
    [InlineData("""{""", 0, "invalid_argument")]
    public async Task A_stream_that_cannot_be_has_its_error_at_its_end(string json, byte flags, string code)
    {
        var messages = await StreamAsync("Caption", Envelope(Encoding.UTF8.GetBytes(json), flags));

        using var end = JsonDocument.Parse(Assert.Single(messages).Json);
        Assert.Equal(code, end.RootElement.GetProperty("error").GetProperty("code").GetString());
        await AssertStillServingAsync();
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0, 0, 0, 0, 9, 1 })]
    [InlineData(new byte[] { 0, 0xFF, 0xFF, 0xFF, 0xFF, 1 })]
    public async Task A_body_that_is_no_envelope_is_refused(byte[] body)
    {
        using var end = JsonDocument.Parse(Assert.Single(await StreamAsync("Caption", body)).Json);

        Assert.Contains(end.RootElement.GetProperty("error").GetProperty("code").GetString(), (string[])["invalid_argument", "resource_exhausted"]);
        await AssertStillServingAsync();
    }

    [Fact]
    public async Task What_goes_both_ways_at_once_is_refused_with_where_it_goes()
    {
        var messages = await StreamAsync("Live", Envelope("""{"header": {}}"""u8.ToArray()));

        using var end = JsonDocument.Parse(Assert.Single(messages).Json);
        var error = end.RootElement.GetProperty("error");
        Assert.Equal("unimplemented", error.GetProperty("code").GetString());
        Assert.Contains("/live", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_media_are_uploaded_in_messages()
    {
        var bytes = Pictures.Jpeg(303);
        var body = (byte[])[
            .. Envelope("""{"header": {}}"""u8.ToArray()),
            .. bytes.Chunk(1000).SelectMany(chunk => Envelope(Encoding.UTF8.GetBytes($$"""{"chunk": "{{Convert.ToBase64String(chunk)}}"}""")))];

        var messages = await StreamAsync("Upload", body);

        var uploaded = V1.UploadResponse.Parser.ParseJson(messages[0].Json);
        Assert.Equal((2, (long)bytes.Length), (messages.Length, uploaded.Ref.SizeBytes));
        Assert.Equal(uploaded.Ref, (await UploadAsync(bytes)).Ref);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _http.Dispose();
    }

    private static Uri Path(string method) => new($"{Service}/{method}", UriKind.Relative);

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    private static byte[] Envelope(byte[] message, byte flags = 0)
    {
        var envelope = new byte[5 + message.Length];
        envelope[0] = flags;
        BinaryPrimitives.WriteInt32BigEndian(envelope.AsSpan(1), message.Length);
        message.CopyTo(envelope, 5);
        return envelope;
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string method, string json)
    {
        using var response = await _http.PostAsync(Path(method), Json(json), TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<(byte Flags, string Json)[]> StreamAsync(string method, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/connect+json") } };
        using var response = await _http.PostAsync(Path(method), content, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "application/connect+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        var answer = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var messages = new List<(byte, string)>();
        for (var at = 0; at < answer.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(answer.AsSpan(at + 1));
            messages.Add((answer[at], Encoding.UTF8.GetString(answer, at + 5, length)));
            at += 5 + length;
        }

        return [.. messages];
    }
}
