using System.Runtime.InteropServices;
using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>What Cohere's, TEI's and Ollama's clients read.</summary>
public sealed class OtherFacesTests : IDisposable
{
    private readonly TestGateway _gateway = new();

    private FakeEncoder Texts => _gateway.Encoders[Modality.Text];

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Vectors_come_in_every_form_that_Cohere_has()
    {
        Texts.Vector = _ => [1, -1, 0.5f, 0, 0, 0, 0, 0, 0.25f];
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync(
            "/v2/embed", """{"model": "fake", "texts": ["a"], "input_type": "search_query", "embedding_types": ["float", "int8", "uint8", "binary", "ubinary", "base64"]}""");

        var forms = answer.GetProperty("embeddings");
        Assert.Equal("[[1,-1,0.5,0,0,0,0,0,0.25]]", forms.GetProperty("float").GetRawText());
        Assert.Equal("[[127,-127,64,0,0,0,0,0,32]]", forms.GetProperty("int8").GetRawText());
        Assert.Equal("[[255,1,192,128,128,128,128,128,160]]", forms.GetProperty("uint8").GetRawText());
        Assert.Equal("[[160,128]]", forms.GetProperty("ubinary").GetRawText());
        Assert.Equal("[[32,0]]", forms.GetProperty("binary").GetRawText());
        Assert.Equal([1, -1, 0.5f], MemoryMarshal.Cast<byte, float>(forms.GetProperty("base64")[0].GetBytesFromBase64())[..3].ToArray());
        Assert.Equal("embeddings_by_type", answer.GetProperty("response_type").GetString());
        Assert.Equal(3, answer.GetProperty("meta").GetProperty("billed_units").GetProperty("input_tokens").GetInt32());
        Assert.Equal((true, true), (Texts.Last!.Text.Truncate, Texts.Last.Model!.Id == "fake"));
    }

    [Theory]
    [InlineData("""{"model": "fake", "images": ["data:image/png;base64,AAAA"], "truncate": "NONE"}""")]
    [InlineData("""{"model": "fake", "inputs": [{"content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}]}]}""")]
    public async Task Pictures_are_embedded_for_Cohere(string body)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync("/v2/embed", body);

        Assert.Equal("[[1,0]]", answer.GetProperty("embeddings").GetProperty("float").GetRawText());
        Assert.Equal(1, answer.GetProperty("meta").GetProperty("billed_units").GetProperty("images").GetInt32());
        Assert.Equal(Modality.Image, Assert.Single(_gateway.Encoders[Modality.Image].Last!.Items).Modality);
    }

    [Theory]
    [InlineData("/embed", null)]
    [InlineData("/tei/fake/embed", "fake")]
    public async Task TEI_embeds_with_the_model_of_the_path(string path, string? model)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync(path, """{"inputs": ["a", "b"], "truncate": true, "prompt_name": "query", "normalize": true}""");

        Assert.Equal("[[1,0],[1,0]]", answer.GetRawText());
        Assert.Equal((model, "query", true), (Texts.Last!.Model?.Id, Texts.Last.Text.Prompt, Texts.Last.Text.Truncate));
    }

    [Fact]
    public async Task TEI_ranks_classifies_and_compares()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        Texts.Vector = text => text == "far" ? [0, 1] : [1, 0];
        Assert.Equal("[1,0]", (await host.AskAsync("/similarity", """{"inputs": {"source_sentence": "a", "sentences": ["near", "far"]}}""")).GetRawText());

        Texts.Labels = new(["bad", "good"], Independent: true);
        Texts.Vector = _ => [0, float.PositiveInfinity];
        Assert.Equal("""[{"label":"good","score":1},{"label":"bad","score":0.5}]""", (await host.AskAsync("/predict", """{"inputs": "a"}""")).GetRawText());
        Assert.Equal(2, (await host.AskAsync("/predict", """{"inputs": [["a"], ["b"]]}""")).GetArrayLength());

        Texts.Labels = new(["relevant"], Independent: true);
        Texts.Vector = text => text == "far" ? [0] : [2];
        Assert.Equal(
            """[{"index":1,"score":2,"text":"near"},{"index":0,"score":0,"text":"far"}]""",
            (await host.AskAsync("/rerank", """{"query": "q", "texts": ["far", "near"], "raw_scores": true, "return_text": true}""")).GetRawText());
    }

    [Fact]
    public async Task TEI_tells_which_model_answers()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var info = await host.GetAsync("/info");

        Assert.Equal(("fake", 100, 2), (info.GetProperty("model_id").GetString(), info.GetProperty("max_client_batch_size").GetInt32(), info.GetProperty("model_type").GetProperty("embedding").GetProperty("dimensions").GetInt32()));
    }

    [Fact]
    public async Task Ollama_lists_and_shows_models()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        Assert.Equal(["fake", "hearer"], Names(await host.GetAsync("/api/tags")));
        Assert.Equal(["fake"], Names(await host.GetAsync("/api/ps")));
        Assert.NotEqual("", (await host.GetAsync("/api/version")).GetProperty("version").GetString());
        foreach (var body in (string[])["""{"model": "fake:latest"}""", """{"name": "fake-alias"}"""])
        {
            var shown = await host.AskAsync("/api/show", body);
            Assert.Equal("""["embedding","completion","vision"]""", shown.GetProperty("capabilities").GetRawText());
        }

        static IEnumerable<string?> Names(JsonElement list) => list.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Ollama_embeds_texts_and_media()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var answer = await host.AskAsync("/api/embed", """{"model": "fake:latest", "input": ["a", {"image": "AAAA"}, "data:image/png;base64,AAAA"], "keep_alive": "5m", "options": {}}""");
        var older = await host.AskAsync("/api/embeddings", """{"model": "fake", "prompt": "a"}""");

        Assert.Equal("[[1,0],[1,0],[1,0]]", answer.GetProperty("embeddings").GetRawText());
        Assert.Equal((9, "fake"), (answer.GetProperty("prompt_eval_count").GetInt32(), answer.GetProperty("model").GetString()));
        Assert.Equal("[1,0]", older.GetProperty("embedding").GetRawText());
    }

    [Theory]
    [InlineData("/api/chat", """{"model": "fake", "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "What?", "images": ["AAAA"]}], "options": {"num_predict": 5, "seed": 3}, STREAM}""")]
    [InlineData("/api/generate", """{"model": "fake", "system": "s", "prompt": "What?", "images": ["AAAA"], "options": {"num_predict": 5, "seed": 3}, STREAM}""")]
    public async Task Ollama_answers_line_by_line_or_at_once(string path, string body)
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var (_, streamed) = await host.PostAsync(path, body.Replace("STREAM", "\"format\": \"\"", StringComparison.Ordinal));
        var whole = await host.AskAsync(path, body.Replace("STREAM", "\"stream\": false", StringComparison.Ordinal));

        var lines = streamed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal(["a", " dog", ""], lines.Select(WordsOf));
        Assert.Equal([false, false, true], lines.Select(line => line.GetProperty("done").GetBoolean()));
        Assert.Equal(("a dog", "stop", 7, 2), (WordsOf(whole), whole.GetProperty("done_reason").GetString(), whole.GetProperty("prompt_eval_count").GetInt32(), whole.GetProperty("eval_count").GetInt32()));
        var job = _gateway.Answerer.Job!;
        Assert.Equal((2, 1, 5, 3ul), (job.Messages.Count, job.Media.Count, job.Parameters.MaxNewTokens, job.Parameters.Seed));
    }

    [Fact]
    public async Task A_failure_in_the_middle_of_an_answer_is_its_last_line()
    {
        _gateway.Answerer.Failure = SensoriumException.ModelFault("it broke");
        await using var host = await FaceHost.StartAsync(_gateway);

        var (_, body) = await host.PostAsync("/api/generate", """{"model": "fake", "prompt": "x"}""");

        Assert.Equal("""{"error":"it broke"}""", body.Split('\n')[^2]);
    }

    private static string? WordsOf(JsonElement line) =>
        line.TryGetProperty("response", out var response) ? response.GetString() : line.GetProperty("message").GetProperty("content").GetString();
}
