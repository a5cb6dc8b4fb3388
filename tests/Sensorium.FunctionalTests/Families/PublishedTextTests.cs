using System.Net.Http.Json;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

public sealed class PublishedTextInOneProcess(PublishedInOneProcess deployment) : PublishedTextTests(deployment), IClassFixture<PublishedInOneProcess>;

public sealed class PublishedTextInSixProcesses(PublishedInSixProcesses deployment) : PublishedTextTests(deployment), IClassFixture<PublishedInSixProcesses>;

/// <summary>Published weights give the similarities that their authors print.</summary>
public abstract class PublishedTextTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const string MiniLm = "all-MiniLM-L6-v2";
    private const string Arctic = "snowflake-arctic-embed-xs";

    // Of the model's page: the similarities of all pairs of three sentences.
    private static readonly string[] Sentences = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."];
    private static readonly double[] SentencePairs = [0.6660, 0.1046, 0.1411];

    // Of the model's page: each query with each document.
    private static readonly string[] Queries = ["what is snowflake?", "Where can I get the best tacos?"];
    private static readonly string[] Documents = ["The Data Cloud!", "Mexico City of Course!"];
    private static readonly double[] QueryPairs = [0.5752, 0.4580, 0.5045, 0.5636];

    [Fact]
    public async Task MiniLM_gives_the_similarities_of_its_page()
    {
        var vectors = await EmbedAsync(MiniLm, Sentences);

        AssertPrinted(SentencePairs, [Cosine(vectors[0], vectors[1]), Cosine(vectors[0], vectors[2]), Cosine(vectors[1], vectors[2])]);
    }

    [Fact]
    public async Task Arctic_gives_the_similarities_of_its_page_with_its_prompt_for_queries()
    {
        var queries = await EmbedAsync(Arctic, Queries, new V1.EncodeOptions { PromptName = "query" });
        var documents = await EmbedAsync(Arctic, Documents);

        AssertPrinted(QueryPairs, [.. from query in queries from document in documents select Cosine(query, document)]);
        // The same words without the prompt are another text, for the cache too.
        var plain = await EmbedAsync(Arctic, Queries);
        Assert.True(Cosine(plain[0], queries[0]) < 0.99);
    }

    [Fact]
    public async Task The_embeddings_face_gives_the_similarities_too()
    {
        using var http = new HttpClient { BaseAddress = Sensorium.GatewayHttp };
        var sentences = await PostAsync(http, new { model = MiniLm, input = Sentences });
        var queries = await PostAsync(http, new { model = Arctic, input = Queries, prompt_name = "query" });
        var documents = await PostAsync(http, new { model = Arctic, input = Documents });

        AssertPrinted(SentencePairs, [Cosine(sentences[0], sentences[1]), Cosine(sentences[0], sentences[2]), Cosine(sentences[1], sentences[2])]);
        AssertPrinted(QueryPairs, [.. from query in queries from document in documents select Cosine(query, document)]);
    }

    [Fact]
    public async Task A_text_gives_its_vector_in_any_company()
    {
        string[] texts = ["rain", .. Sentences, string.Join(' ', Sentences), "a dog", "the dog that runs over the meadow in the rain"];
        var together = await EmbedAsync(MiniLm, texts, new V1.EncodeOptions { CachePolicy = V1.CachePolicy.Bypass });
        for (var i = 0; i < texts.Length; i++)
        {
            var alone = (await EmbedAsync(MiniLm, [texts[i]], new V1.EncodeOptions { CachePolicy = V1.CachePolicy.Bypass }))[0];
            Assert.True(TensorPrimitives.Distance<float>(alone, together[i]) < 1e-5f, texts[i]);
        }
    }

    [Fact]
    public async Task Fewer_dimensions_are_the_first_ones_at_length_one()
    {
        var whole = (await EmbedAsync(MiniLm, ["a dog"]))[0];
        var request = Request(MiniLm, ["a dog"]);
        request.Dimensions = 64;
        var response = await Client.EmbedAsync(request);

        var shortened = VectorOf(response.Results[0]);
        Assert.Equal(64, shortened.Length);
        Assert.Equal(1, TensorPrimitives.Norm<float>(shortened), 1e-5);
        Assert.Equal(1, TensorPrimitives.CosineSimilarity(shortened, whole.AsSpan(0, 64)), 1e-5);
        request.Dimensions = 385;
        await ExpectFailureAsync(() => Client.EmbedAsync(request).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "384");
    }

    [Fact]
    public async Task A_text_beyond_the_models_positions_is_refused_with_the_count_or_cut_on_demand()
    {
        var text = string.Join(' ', Enumerable.Repeat("dog", 600));
        var refused = (await Client.EmbedAsync(Request(MiniLm, [text, "a dog"]))).Results;
        var cut = (await Client.EmbedAsync(Request(MiniLm, [text], new V1.EncodeOptions { Truncate = true }))).Results[0];

        Assert.Equal(ErrorReasons.TextTooLong, refused[0].Error.Reason);
        Assert.Contains("602 tokens", refused[0].Error.Message);
        Assert.Contains("512", refused[0].Error.Message);
        Assert.NotNull(refused[1].Encoded);
        Assert.True(cut.Encoded.Truncated);
        Assert.Equal(512, cut.Usage.InputUnits);
        Assert.Equal(WarningReasons.TextTruncated, Assert.Single(cut.Warnings).Reason);
    }

    [Theory]
    [InlineData(MiniLm, "query", "it has none")]
    [InlineData(Arctic, "passage", "'query'")]
    [InlineData("sensorium-mini", "query", "it has none")]
    public async Task A_prompt_that_the_model_does_not_have_is_refused_with_those_that_it_has(string model, string prompt, string inMessage)
    {
        var error = (await Client.EmbedAsync(Request(model, ["a dog"], new V1.EncodeOptions { PromptName = prompt }))).Results[0].Error;

        Assert.Equal(ErrorReasons.InvalidParameter, error.Reason);
        Assert.Contains(inMessage, error.Message);
    }

    [Fact]
    public async Task A_pair_for_a_model_of_single_texts_is_refused()
    {
        var options = new V1.EncodeOptions { PairedWith = "what is a dog?" };

        Assert.Contains("pair", (await Client.EmbedAsync(Request(MiniLm, ["a dog"], options))).Results[0].Error.Message);
        Assert.Contains("pair", (await Client.EmbedAsync(Request("sensorium-mini", ["a dog"], options))).Results[0].Error.Message);
        await ExpectFailureAsync(
            () => Client.RerankAsync(new V1.RerankRequest { Query = "x", Documents = { "y" }, Model = new V1.ModelSelector { Id = MiniLm } }).ResponseAsync,
            StatusCode.FailedPrecondition, ErrorReasons.TaskMismatch, MiniLm);
    }

    [Fact]
    public async Task A_picture_for_a_model_of_texts_is_refused_with_the_models_there_are()
    {
        var request = new V1.EmbedRequest { Items = { Data(Pictures.Png(1)) }, Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = MiniLm } } };

        await ExpectFailureAsync(() => Client.EmbedAsync(request).ResponseAsync, StatusCode.FailedPrecondition, ErrorReasons.ModelMismatch, "'sensorium-mini'");
    }

    private static void AssertPrinted(double[] expected, double[] found) =>
        Assert.Equal(expected, found.Select(value => Math.Round(value, 4)));

    private static double Cosine(float[] left, float[] right) => TensorPrimitives.Dot<float>(left, right);

    private static float[] VectorOf(V1.EncodeResult result) => MemoryMarshal.Cast<byte, float>(result.Encoded.Embedding.Data.Span).ToArray();

    private static V1.EmbedRequest Request(string model, string[] texts, V1.EncodeOptions? options = null)
    {
        options ??= new V1.EncodeOptions();
        options.Model = new V1.ModelSelector { Id = model };
        return new V1.EmbedRequest { Items = { texts.Select(text => Text(text)) }, Options = options };
    }

    private async Task<float[][]> EmbedAsync(string model, string[] texts, V1.EncodeOptions? options = null) =>
        [.. (await Client.EmbedAsync(Request(model, texts, options))).Results.Select(VectorOf)];

    private static async Task<float[][]> PostAsync(HttpClient http, object body)
    {
        using var response = await http.PostAsJsonAsync("/v1/embeddings", body);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(response.IsSuccessStatusCode, answer.ToString());
        return [.. answer.GetProperty("data").EnumerateArray()
            .Select(entry => entry.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray())];
    }
}
