using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>The Open Inference Protocol over HTTP.</summary>
public sealed class OipTests : IDisposable
{
    private const string Length = "Inference-Header-Content-Length";

    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Theory]
    [InlineData("BOOL", "[true,false]")]
    [InlineData("INT8", "[-128,127]")]
    [InlineData("INT16", "[-32768,32767]")]
    [InlineData("INT32", "[-2147483648,2147483647]")]
    [InlineData("INT64", "[-9223372036854775808,9223372036854775807]")]
    [InlineData("UINT8", "[0,255]")]
    [InlineData("UINT16", "[0,65535]")]
    [InlineData("UINT32", "[0,4294967295]")]
    [InlineData("UINT64", "[0,18446744073709551615]")]
    [InlineData("FP16", "[-0.5,65504]")]
    [InlineData("FP32", "[-0.5,1E+38]")]
    [InlineData("FP64", "[-0.1,1E+300]")]
    [InlineData("BYTES", "[\"a\",\"\"]")]
    public async Task Elements_of_every_type_come_back_as_they_were(string datatype, string data)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync("/v2/models/echo/infer", $$"""{"id": "7", "inputs": [{"name": "x", "shape": [2, 1], "datatype": "{{datatype}}", "data": [[{{data[1..^1].Split(',')[0]}}], [{{data[1..^1].Split(',')[1]}}]]}]}""");

        Assert.Equal(("echo", "3", "7"), (Text(answer, "model_name"), Text(answer, "model_version"), Text(answer, "id")));
        var output = answer.GetProperty("outputs")[0];
        Assert.Equal(("x", datatype, "[2,1]", data), (Text(output, "name"), Text(output, "datatype"), output.GetProperty("shape").GetRawText(), output.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task Bytes_go_behind_the_JSON_both_ways()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        var words = TextElements.Write("a", "bc");
        var json = $$$"""{"inputs": [{"name": "x", "shape": [2], "datatype": "INT32", "parameters": {"binary_data_size": 8}}, {"name": "w", "shape": [2], "datatype": "BYTES", "parameters": {"binary_data_size": {{{words.Length}}} }}], "outputs": [{"name": "x", "parameters": {"binary_data": true}}, {"name": "w"}]}""";

        var (response, body) = await SendAsync(host, json, [1, 0, 0, 0, 2, 0, 0, 0, .. words]);

        var header = int.Parse(response.Headers.GetValues(Length).Single(), CultureInfo.InvariantCulture);
        var answer = JsonElement.Parse(System.Text.Encoding.UTF8.GetString(body, 0, header));
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(8, answer.GetProperty("outputs")[0].GetProperty("parameters").GetProperty("binary_data_size").GetInt32());
        Assert.Equal("[\"a\",\"bc\"]", answer.GetProperty("outputs")[1].GetProperty("data").GetRawText());
        Assert.Equal(2, BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(header + 4)));
        Assert.Equal(["x", "w"], _gateway.Graphs.Job!.Outputs);
    }

    [Theory]
    [InlineData("binary_data_size", 9, "5")]
    [InlineData("left behind", 4, "5")]
    [InlineData(Length, 5, "99999")]
    [InlineData(Length, 5, "many")]
    public async Task Bytes_behind_the_JSON_are_as_many_as_announced(string named, int announced, string header)
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        var json = $$$"""{"inputs": [{"name": "x", "shape": [5], "datatype": "UINT8", "parameters": {"binary_data_size": {{{announced}}} }}]}""";

        var (response, body) = await SendAsync(host, json, new byte[5], header == "5" ? null : header);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains(named, System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT32", "[[5, -1, 7], [0, 0, 9]]", "[2,2]", """["7:2","5:0","9:2","0:0"]""")]
    [InlineData("FP32", "[[0.25, 1e3, -2], [1, 3, 2]]", "[2,2]", """["1000.000000:1","0.250000:0","3.000000:1","2.000000:2"]""")]
    [InlineData("UINT64", "[[1, 2, 18446744073709551615], [9007199254740993, 9007199254740992, 0]]", "[2,2]", """["18446744073709551615:2","2:1","9007199254740993:0","9007199254740992:1"]""")]
    [InlineData("FP16", "[[0.5, 1, 2], [3, 2, 1]]", "[2,3]", """["2.000000:2","1.000000:1","0.500000:0","3.000000:0","2.000000:1","1.000000:2"]""", 9)]
    [InlineData("FP64", "[[], []]", "[2,0]", "[]")]
    public async Task Outputs_are_told_by_their_greatest_elements(string datatype, string data, string shape, string expected, int count = 2)
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        var width = data.Contains("[]", StringComparison.Ordinal) ? 0 : 3;

        var answer = await host.AskAsync("/v2/models/echo/infer", $$$"""{"inputs": [{"name": "x", "shape": [2, {{{width}}}], "datatype": "{{{datatype}}}", "data": {{{data}}}}], "outputs": [{"name": "x", "parameters": {"classification": {{{count}}}}}]}""");

        var output = answer.GetProperty("outputs")[0];
        Assert.Equal(("x", "BYTES", shape, expected), (Text(output, "name"), Text(output, "datatype"), output.GetProperty("shape").GetRawText(), output.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task Scores_of_labels_are_told_with_them()
    {
        _gateway.Encoders[Core.Media.Modality.Text].Labels = new(["bad", "good"], false);
        _gateway.Models.Models = [FakeModels.Model("fake", FakeModels.Part("text", ModelTask.Classify))];
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync("/v2/models/fake/infer", """{"inputs": [{"name": "text", "shape": [2], "datatype": "BYTES", "data": ["a", "b"]}], "outputs": [{"name": "score", "parameters": {"classification": 1}}]}""");

        var output = answer.GetProperty("outputs")[0];
        Assert.Equal(("[2,1]", """["0.731059:0:bad","0.731059:0:bad"]"""), (output.GetProperty("shape").GetRawText(), output.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task Media_models_take_bytes_and_give_vectors_and_words()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var vectors = await host.AskAsync("/v2/models/fake/infer", """{"inputs": [{"name": "text", "shape": [2], "datatype": "BYTES", "data": ["a", "b"]}], "outputs": [{"name": "embedding"}]}""");
        var said = await host.AskAsync("/v2/models/fake-alias/infer", """{"parameters": {"max_tokens": 9, "temperature": 0, "timeout": 5000000}, "inputs": [{"name": "image", "shape": [1, 1], "datatype": "BYTES", "parameters": {"content_type": "base64"}, "data": ["AAAA"]}, {"name": "text", "shape": [1], "datatype": "BYTES", "data": ["what?"]}], "outputs": [{"name": "text"}]}""");

        Assert.Equal("""[2,2],"data":[1,0,1,0]""", vectors.GetProperty("outputs")[0].GetRawText().Split("\"shape\":")[1].TrimEnd('}'));
        Assert.Equal(("fake", "a dog"), (Text(said, "model_name"), said.GetProperty("outputs")[0].GetProperty("data")[0].GetString()));
        Assert.Equal((9, 0f, 1), (_gateway.Answerer.Job!.Parameters.MaxNewTokens, _gateway.Answerer.Job.Parameters.Temperature, _gateway.Answerer.Job.Media.Count));
        Assert.NotNull(_gateway.Answerer.Job.Deadline);
    }

    [Fact]
    public async Task Models_tell_their_tensors_and_what_they_were_asked()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        await host.AskAsync("/v2/models/echo/infer", """{"inputs": [{"name": "x", "shape": [2, 1], "datatype": "INT32", "data": [1, 2]}]}""");

        var graph = await host.GetAsync("/v2/models/echo-alias/versions/3");
        var config = await host.GetAsync("/v2/models/echo/config");
        var pack = await host.GetAsync("/v2/models/fake");
        var counted = (await host.GetAsync("/v2/models/echo/stats")).GetProperty("model_stats")[0];

        Assert.Equal("""{"name":"x","datatype":"INT32","shape":[-1,16]}""", graph.GetProperty("inputs")[0].GetRawText());
        Assert.Equal((8, "[16]"), (config.GetProperty("max_batch_size").GetInt32(), config.GetProperty("input")[0].GetProperty("dims").GetRawText()));
        Assert.Equal(["text", "image"], pack.GetProperty("inputs").EnumerateArray().Select(input => Text(input, "name")));
        Assert.Equal(["embedding", "text"], pack.GetProperty("outputs").EnumerateArray().Select(output => Text(output, "name")));
        Assert.Equal((2, 1), (counted.GetProperty("inference_count").GetInt32(), counted.GetProperty("inference_stats").GetProperty("success").GetProperty("count").GetInt32()));
        Assert.Equal(2_000_000, counted.GetProperty("inference_stats").GetProperty("compute_infer").GetProperty("ns").GetInt64());
    }

    [Theory]
    [InlineData("/v2/models/gpt-9", 404)]
    [InlineData("/v2/models/gpt-9/ready", 404)]
    [InlineData("/v2/models/echo/versions/2", 404)]
    [InlineData("/v2/models/broken", 400)]
    [InlineData("/v2/models/broken/ready", 400)]
    [InlineData("/v2/models/echo/ready", 200)]
    [InlineData("/v2/models/hearer/versions/1/ready", 200)]
    [InlineData("/v2/health/live", 200)]
    [InlineData("/v2", 200)]
    public async Task States_are_told_by_the_status(string path, int status)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        using var response = await host.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_repository_lists_what_is_ready_and_why_the_rest_is_not()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var all = await host.AskAsync("/v2/repository/index", "");
        var ready = await host.AskAsync("/v2/repository/index", """{"ready": true}""");

        Assert.Equal(["fake READY", "hearer READY", "broken UNAVAILABLE"], all.EnumerateArray().Select(entry => $"{Text(entry, "name")} {Text(entry, "state")}"));
        Assert.Equal(2, ready.GetArrayLength());
    }

    [Fact]
    public async Task Where_graphs_cannot_be_asked_media_models_answer_and_others_are_unavailable()
    {
        _gateway.Graphs.Unreachable = SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "The generation service is away.");
        await using var host = await FaceHost.StartAsync(_gateway);
        const string Body = """{"inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["a"]}]}""";

        Assert.Equal(200, (await host.PostAsync("/v2/models/fake/infer", Body)).Status);
        Assert.Equal(503, (await host.PostAsync("/v2/models/echo/infer", Body)).Status);
    }

    [Fact]
    public async Task Overload_says_when_to_try_again()
    {
        _gateway.Graphs.Failure = SensoriumException.Overloaded("There is too much to do.", TimeSpan.FromSeconds(2));
        await using var host = await FaceHost.StartAsync(_gateway);
        using var content = new StringContent("""{"inputs": [{"name": "x", "shape": [1], "datatype": "INT32", "data": [1]}]}""");

        using var response = await host.Http.PostAsync(new Uri("/v2/models/echo/infer", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal((429, "2"), ((int)response.StatusCode, response.Headers.GetValues("Retry-After").Single()));
    }

    [Fact]
    public async Task What_JSON_cannot_write_is_refused_and_goes_as_bytes()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        const string Request = """{"inputs": [{"name": "x", "shape": [1], "datatype": "FP32", "parameters": {"binary_data_size": 4}}]OUTPUTS}""";
        var data = BitConverter.GetBytes(float.NaN);

        var (refused, why) = await SendAsync(host, Request.Replace("OUTPUTS", "", StringComparison.Ordinal), data);
        var (given, body) = await SendAsync(host, Request.Replace("OUTPUTS", """, "parameters": {"binary_data_output": true}""", StringComparison.Ordinal), data);

        Assert.Equal(400, (int)refused.StatusCode);
        Assert.Contains("binary_data", System.Text.Encoding.UTF8.GetString(why), StringComparison.Ordinal);
        Assert.Equal(200, (int)given.StatusCode);
        Assert.Equal(data, body[^4..]);
    }

    [Fact]
    public async Task A_body_that_is_compressed_is_refused_with_that_reason()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        using var content = new ByteArrayContent([0x1f, 0x8b]);
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await host.Http.PostAsync(new Uri("/v2/models/echo/infer", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Contains("gzip", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static async Task<(HttpResponseMessage Response, byte[] Body)> SendAsync(FaceHost host, string json, byte[] data, string? header = null)
    {
        using var content = new ByteArrayContent([.. System.Text.Encoding.UTF8.GetBytes(json), .. data]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v2/models/echo/infer", UriKind.Relative)) { Content = content };
        request.Headers.Add(Length, header ?? System.Text.Encoding.UTF8.GetByteCount(json).ToString(CultureInfo.InvariantCulture));
        var response = await host.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }
}
