using System.Net;
using System.Net.Http.Headers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class FacesInOneProcess(TinyModelsInOneProcess deployment) : FaceTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class FacesInSixProcesses(TinyModelsInSixProcesses deployment) : FaceTests(deployment);

/// <summary>What the faces that speak HTTP answer is what gRPC answers.</summary>
public abstract class FaceTests(Deployment deployment) : DeploymentTests(deployment), IDisposable
{
    private const string Pack = "sensorium-mini";

    private static readonly byte[] Picture = Pictures.Jpeg(3);

    private readonly HttpClient _http = new() { BaseAddress = deployment.GatewayHttp };

    private static string Base64 => Convert.ToBase64String(Picture);

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Conversations_are_answered_as_by_gRPC()
    {
        var expected = await CaptionTextAsync(new V1.CaptionRequest { Media = { Data(Picture) }, Parameters = new V1.GenerationParameters { Temperature = 0, NumBeams = 1 } });

        var chat = await AskAsync("/v1/chat/completions", $$$"""{"model": "{{{Pack}}}", "temperature": 0, "num_beams": 1, "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,{{{Base64}}}"}}]}]}""");
        var response = await AskAsync("/openai/v1/responses", $$"""{"model": "{{Pack}}", "temperature": 0, "num_beams": 1, "input": [{"role": "user", "content": [{"type": "input_image", "image_url": "data:image/jpeg;base64,{{Base64}}"}]}]}""");
        var ollama = await AskAsync("/api/generate", $$"""{"model": "{{Pack}}", "stream": false, "options": {"temperature": 0}, "images": ["{{Base64}}"]}""");

        Assert.Equal(expected, chat.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(expected, response.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(expected, ollama.GetProperty("response").GetString());
    }

    [Fact]
    public async Task Models_that_converse_read_and_write_what_they_do_over_gRPC()
    {
        var picture = TinyModels.Media("picture-32.png");
        var parameters = new V1.GenerationParameters { Temperature = 0, MaxNewTokens = 8 };
        var words = new V1.SensoriumServiceGenerateRequest
        {
            Model = new V1.ModelSelector { Id = "tiny-llama" },
            Messages = { Message(V1.ChatRole.System, new V1.ChatPart { Text = "Be brief." }), Message(V1.ChatRole.User, new V1.ChatPart { Text = "hello" }) },
            Parameters = parameters,
        };
        var seen = new V1.SensoriumServiceGenerateRequest
        {
            Model = new V1.ModelSelector { Id = "tiny-smolvlm" },
            Messages = { Message(V1.ChatRole.User, new V1.ChatPart { Media = Data(picture) }, new V1.ChatPart { Text = "What is this?" }) },
            Parameters = parameters,
        };

        var written = await AskAsync("/v1/chat/completions", """{"model": "tiny-llama", "temperature": 0, "max_tokens": 8, "messages": [{"role": "developer", "content": "Be brief."}, {"role": "user", "content": "hello"}]}""");
        var shown = await AskAsync("/v1/chat/completions", $$$"""{"model": "tiny-smolvlm", "temperature": 0, "max_tokens": 8, "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,{{{Convert.ToBase64String(picture)}}}"}}, {"type": "text", "text": "What is this?"}]}]}""");

        AssertSame((await GenerateAsync(words))[^1].Finished, written);
        AssertSame((await GenerateAsync(seen))[^1].Finished, shown);

        static V1.ChatMessage Message(V1.ChatRole role, params V1.ChatPart[] parts) => new() { Role = role, Parts = { parts } };

        static void AssertSame(V1.Finished expected, JsonElement answer)
        {
            Assert.Equal(expected.Text, answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
            var usage = answer.GetProperty("usage");
            Assert.Equal((expected.Usage.PromptTokens, expected.Usage.GeneratedTokens), (usage.GetProperty("prompt_tokens").GetInt32(), usage.GetProperty("completion_tokens").GetInt32()));
        }
    }

    [Fact]
    public async Task Vectors_are_those_of_gRPC()
    {
        var embedded = await Client.EmbedAsync(new V1.EmbedRequest { Items = { Text("a dog"), Data(Picture) } });
        float[][] expected = [.. embedded.Results.Select(result => MemoryMarshal.Cast<byte, float>(result.Encoded.Embedding.Data.Span).ToArray())];

        var cohere = await AskAsync("/v2/embed", $$$"""{"model": "{{{Pack}}}", "inputs": [{"content": [{"type": "text", "text": "a dog"}]}, {"content": [{"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,{{{Base64}}}"}}]}]}""");
        var ollama = await AskAsync("/api/embed", $$"""{"model": "{{Pack}}", "input": ["a dog", {"image": "{{Base64}}"}]}""");
        var tei = await AskAsync("/embed", """{"inputs": "a dog"}""");
        var infinity = await AskAsync("/embeddings", $$"""{"model": "{{Pack}}", "modality": "image", "input": ["{{Base64}}"]}""");

        AssertVectors(expected, cohere.GetProperty("embeddings").GetProperty("float"));
        AssertVectors(expected, ollama.GetProperty("embeddings"));
        AssertVectors(expected[..1], tei);
        AssertVectors(expected[1..], JsonElement.Parse($"[{infinity.GetProperty("data")[0].GetProperty("embedding").GetRawText()}]"));
    }

    [Fact]
    public async Task Speech_is_written_down_as_by_gRPC()
    {
        var sound = TinyModels.Media("sound-16k-3s.wav");
        var expected = new StringBuilder();
        using (var call = Client.Transcribe(new V1.TranscribeRequest { Model = new V1.ModelSelector { Id = "tiny-whisper" }, Media = Data(sound) }))
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None))
            {
                expected.Append(expected.Length > 0 ? " " : "").Append(call.ResponseStream.Current.Event.Segment?.Text);
            }
        }

        using var form = new MultipartFormDataContent { { new ByteArrayContent(sound), "file", "speech.wav" }, { new StringContent("tiny-whisper"), "model" } };
        using var response = await _http.PostAsync(new Uri("/v1/audio/transcriptions", UriKind.Relative), form);

        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        Assert.Equal(expected.ToString().Trim(), JsonElement.Parse(body).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Texts_are_ranked_and_classified()
    {
        var ranked = await AskAsync("/tei/tiny-cross-encoder/rerank", """{"query": "a dog", "texts": ["a cat", "a dog", "rain"]}""");
        var classified = await AskAsync("/tei/tiny-labeller/predict", """{"inputs": "a dog"}""");
        var info = JsonElement.Parse(await _http.GetStringAsync(new Uri("/tei/tiny-labeller/info", UriKind.Relative)));

        Assert.Equal(3, ranked.GetArrayLength());
        Assert.Equal(info.GetProperty("model_type").GetProperty("classifier").GetProperty("label2id").EnumerateObject().Count(), classified.GetArrayLength());
        Assert.All(classified.EnumerateArray(), label => Assert.InRange(label.GetProperty("score").GetSingle(), 0, 1));
    }

    [Theory]
    [InlineData("/v2/embed", """{"model": "gpt-9", "texts": ["x"]}""", 404, "gpt-9")]
    [InlineData("/api/embed", """{"model": "gpt-9", "input": "x"}""", 404, "gpt-9")]
    [InlineData("/v1/chat/completions", """{"model": "gpt-9", "messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"}}]}]}""", 404, "gpt-9")]
    [InlineData("/tei/gpt-9/embed", """{"inputs": "x"}""", 404, "gpt-9")]
    [InlineData("/v2/embed", """{"model": "sensorium-mini", "images": ["https://127.0.0.1/a.png"]}""", 400, "images[0]")]
    [InlineData("/api/embed", """{"model": "sensorium-mini", "input": [{"image": "http://169.254.169.254/a"}]}""", 400, "input[0]")]
    [InlineData("/v1/chat/completions", """{"model": "sensorium-mini", "messages": [{"role": "user", "content": [{"type": "video_url", "video_url": {"url": "https://[::1]/a.mp4"}}]}]}""", 400, "messages[0].content[0]")]
    [InlineData("/v1/chat/completions", """{"model": "sensorium-mini", "messages": [{"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": "@@@"}}]}]}""", 400, "base64")]
    [InlineData("/v1/chat/completions", """{"model": "sensorium-mini", "messages": [{"role": "user", "content": [{"type": "input_audio", "input_audio": {"data": "iVBORw0KGgoAAAANSUhEUg=="}}]}]}""", 400, "Audio was announced")]
    [InlineData("/v1/chat/completions", """{"model": "sensorium-mini", "messages": [{"role": "user", "content": "hello"}]}""", 400, "brings none")]
    [InlineData("/api/generate", """{"model": "sensorium-mini", "prompt": "x", "images": ["R0lGODlhAQ=="]}""", 400, "The picture")]
    public async Task What_only_the_services_know_to_be_wrong_has_its_status(string path, string body, int expected, string named)
    {
        var (status, answer) = await PostAsync(path, body);

        Assert.True(expected == (int)status, $"{status}: {answer}");
        Assert.Contains(named, answer, StringComparison.Ordinal);
    }

    private static void AssertVectors(float[][] expected, JsonElement vectors)
    {
        float[][] actual = [.. vectors.EnumerateArray().Select(vector => vector.EnumerateArray().Select(number => number.GetSingle()).ToArray())];
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(1, TensorPrimitives.CosineSimilarity<float>(pair.First, pair.Second), 1e-4f));
    }

    private async Task<JsonElement> AskAsync(string path, string body)
    {
        var (status, answer) = await PostAsync(path, body);
        Assert.True(status == HttpStatusCode.OK, answer);
        return JsonElement.Parse(answer);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
