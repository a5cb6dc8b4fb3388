using System.Net;
using System.Net.Http.Headers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class OpenAiInOneProcess(OneProcess deployment) : OpenAiTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class OpenAiInSixProcesses(SixProcesses deployment) : OpenAiTests(deployment);

public abstract class OpenAiTests(Deployment deployment) : DeploymentTests(deployment), IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = deployment.GatewayHttp };

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory]
    [InlineData("/v1")]
    [InlineData("/openai/v1")]
    public async Task Text_and_pictures_have_the_vectors_that_gRPC_answers(string prefix)
    {
        var picture = Pictures.Png(50);
        var expected = await Client.EmbedAsync(new V1.EmbedRequest { Items = { Text("a dog"), Data(picture) } });

        var (status, body) = await PostAsync(
            $$"""{"model": "sensorium-mini", "input": ["a dog", "data:image/png;base64,{{Convert.ToBase64String(picture)}}"]}""", prefix);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("list", "sensorium-mini"), (body.GetProperty("object").GetString(), body.GetProperty("model").GetString()));
        var data = body.GetProperty("data").EnumerateArray().ToArray();
        Assert.Equal([0, 1], data.Select(entry => entry.GetProperty("index").GetInt32()));
        foreach (var (entry, result) in data.Zip(expected.Results))
        {
            var vector = entry.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray();
            Assert.Equal(1, TensorPrimitives.CosineSimilarity(vector, MemoryMarshal.Cast<byte, float>(result.Encoded.Embedding.Data.Span)), 1e-4);
        }

        Assert.True(body.GetProperty("usage").GetProperty("prompt_tokens").GetInt64() > 0);
    }

    [Fact]
    public async Task Base64_holds_the_same_numbers_and_fewer_dimensions_have_length_1()
    {
        var numbers = await VectorAsync("""{"model": "sensorium-mini", "input": "a dog", "dimensions": 8}""");

        var (_, body) = await PostAsync("""{"model": "sensorium-mini", "input": "a dog", "dimensions": 8, "encoding_format": "base64"}""");

        var bytes = body.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();
        Assert.Equal(numbers, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        Assert.Equal(8, numbers.Length);
        Assert.Equal(1, TensorPrimitives.Norm<float>(numbers), 1e-3);
    }

    [Fact]
    public async Task Models_are_listed_and_one_that_is_not_there_names_those_that_are()
    {
        var list = JsonElement.Parse(await _http.GetStringAsync(new Uri("/v1/models", UriKind.Relative)));
        var (status, body) = await PostAsync("""{"model": "gpt-9", "input": "x"}""");

        Assert.Contains("sensorium-mini", list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        AssertError(HttpStatusCode.NotFound, "model", status, body);
        Assert.Equal("model_not_found", body.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("sensorium-mini", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("not JSON", null)]
    [InlineData("[]", null)]
    [InlineData("""{"model": "sensorium-mini", "input": "x" """, null)]
    [InlineData("""{"model": "sensorium-mini", "input": 1e999}""", "input")]
    [InlineData("""{"model": "sensorium-mini", "input": [""]}""", "input[0].text")]
    [InlineData("""{"model": "sensorium-mini", "input": "data:image/png;base64,@@@"}""", "input")]
    [InlineData("""{"model": "sensorium-mini", "input": "data:image/png;base64,AAAA"}""", "input")]
    [InlineData("""{"model": "sensorium-mini", "input": "x", "dimensions": 100000}""", "dimensions")]
    [InlineData("""{"model": "sensorium-mini", "input": [{"type": "image_url", "image_url": {"url": "http://127.0.0.1/a.png"}}]}""", "input[0]")]
    public async Task Bad_bodies_are_told_apart_and_the_connection_goes_on(string body, string? field)
    {
        var (status, answer) = await PostAsync(body);

        AssertError(HttpStatusCode.BadRequest, field, status, answer);
        await VectorAsync("""{"model": "sensorium-mini", "input": "still here"}""");
    }

    [Fact]
    public async Task Deep_nesting_is_refused()
    {
        var (status, body) = await PostAsync("""{"model": "sensorium-mini", "input": """ + new string('[', 100_000));

        AssertError(HttpStatusCode.BadRequest, null, status, body);
    }

    [Fact]
    public async Task A_body_that_is_announced_too_large_is_refused_before_it_is_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/embeddings") { Content = new ByteArrayContent(new byte[100 << 20]) };
        request.Headers.ExpectContinue = true;

        using var response = await _http.SendAsync(request);

        AssertError(HttpStatusCode.RequestEntityTooLarge, null, response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
        await VectorAsync("""{"model": "sensorium-mini", "input": "still here"}""");
    }

    private static void AssertError(HttpStatusCode expected, string? field, HttpStatusCode status, JsonElement body)
    {
        Assert.Equal(expected, status);
        var error = body.GetProperty("error");
        Assert.NotEqual("", error.GetProperty("message").GetString());
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(field, error.GetProperty("param").GetString());
    }

    private async Task<float[]> VectorAsync(string body)
    {
        var (status, answer) = await PostAsync(body);
        Assert.Equal(HttpStatusCode.OK, status);
        return [.. answer.GetProperty("data")[0].GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())];
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string body, string prefix = "/v1")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await _http.PostAsync(new Uri($"{prefix}/embeddings", UriKind.Relative), content);
        return (response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }
}
