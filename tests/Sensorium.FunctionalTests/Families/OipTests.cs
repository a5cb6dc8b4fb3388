using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class OipInOneProcess(TinyModelsInOneProcess deployment) : OipTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class OipInSixProcesses(TinyModelsInSixProcesses deployment) : OipTests(deployment);

/// <summary>The Open Inference Protocol: bare graphs as they are, other models by their media.</summary>
public abstract class OipTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const string Pack = "sensorium-mini";

    private static readonly byte[] Picture = Pictures.Jpeg(3);

    private readonly V2.GRPCInferenceService.GRPCInferenceServiceClient _client = new(deployment.Channel);

    [Fact]
    public async Task A_bare_graph_adds_and_subtracts_over_gRPC_and_HTTP()
    {
        int[] numbers = [.. Enumerable.Range(0, 16)];
        var typed = await _client.ModelInferAsync(AddSub(input => input.Contents = new V2.InferTensorContents { IntContents = { numbers } }));
        var request = AddSub(_ => { });
        request.RawInputContents.Add([Raw(numbers), Raw(numbers)]);
        var raw = await _client.ModelInferAsync(request);
        var json = await AskAsync("/v2/models/simple/infer", $$"""{"inputs": [{"name": "INPUT0", "shape": [1, 16], "datatype": "INT32", "data": [{{string.Join(',', numbers)}}]}, {"name": "INPUT1", "shape": [1, 16], "datatype": "INT32", "data": [{{string.Join(',', numbers)}}]}]}""");

        Assert.Equal((typed.RawOutputContents, "simple", "1", "42"), (raw.RawOutputContents, raw.ModelName, raw.ModelVersion, raw.Id));
        Assert.Equal(numbers.Select(number => 2 * number), MemoryMarshal.Cast<byte, int>(raw.RawOutputContents[0].Span).ToArray());
        Assert.Equal(numbers.Select(number => 2 * number), json.GetProperty("outputs")[0].GetProperty("data").EnumerateArray().Select(number => number.GetInt32()));
        Assert.All(MemoryMarshal.Cast<byte, int>(raw.RawOutputContents[1].Span).ToArray(), number => Assert.Equal(0, number));
    }

    [Fact]
    public async Task Outputs_are_told_by_their_greatest_elements()
    {
        int[] numbers = [.. Enumerable.Range(0, 16)];
        var request = AddSub(input => input.Contents = new V2.InferTensorContents { IntContents = { numbers } });
        request.Outputs.Add(new V2.ModelInferRequest.Types.InferRequestedOutputTensor { Name = "OUTPUT0", Parameters = { ["classification"] = new V2.InferParameter { Int64Param = 2 } } });

        var best = await _client.ModelInferAsync(request);
        var label = await AskAsync("/v2/models/tiny-labeller/infer", """{"parameters": {"top_k": 1}, "inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["a dog"]}]}""");
        var scored = await AskAsync("/v2/models/tiny-labeller/infer", """{"inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["a dog"]}], "outputs": [{"name": "score", "parameters": {"classification": 1}}]}""");

        Assert.Equal(("OUTPUT0", "BYTES", "1,2"), (best.Outputs[0].Name, best.Outputs[0].Datatype, string.Join(',', best.Outputs[0].Shape)));
        Assert.Equal(TextElements.Write("30:15", "28:14"), best.RawOutputContents[0].ToByteArray());
        Assert.EndsWith($":0:{label.GetProperty("outputs")[0].GetProperty("data")[0]}", scored.GetProperty("outputs")[0].GetProperty("data")[0].GetString(), StringComparison.Ordinal);
        request.Outputs[0].Parameters["classification"] = new V2.InferParameter { StringParam = "many" };
        await ExpectAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "classification", () => _client.ModelInferAsync(request));
    }

    [Fact]
    public async Task Requests_of_many_callers_share_runs_and_get_their_own_rows()
    {
        var before = (await CountAsync("simple")).InferenceStats.Success.Count;

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async i =>
            (i, Sums: (await _client.ModelInferAsync(AddSub(input => input.Contents = new V2.InferTensorContents { IntContents = { Enumerable.Repeat(i, 16) } }))).RawOutputContents[0])));

        Assert.All(answers, answer => Assert.Equal(2 * answer.i, MemoryMarshal.Cast<byte, int>(answer.Sums.Span)[7]));
        var counted = await CountAsync("simple");
        Assert.Equal(32ul, counted.InferenceStats.Success.Count - before);
        Assert.InRange(counted.ExecutionCount, 1ul, counted.InferenceCount);
    }

    [Fact]
    public async Task Models_tell_their_tensors()
    {
        var graph = await _client.ModelMetadataAsync(new V2.ModelMetadataRequest { Name = "simple_string" });
        var pack = await _client.ModelMetadataAsync(new V2.ModelMetadataRequest { Name = Pack });
        var config = (await _client.ModelConfigAsync(new V2.ModelConfigRequest { Name = "simple" })).Config;
        var info = (await new V1.ModelService.ModelServiceClient(Sensorium.Channel).ListAsync(new V1.ModelServiceListRequest())).Models.Single(model => model.Id == "simple");

        Assert.Equal(["INPUT0 BYTES -1,16", "INPUT1 BYTES -1,16"], graph.Inputs.Select(Text));
        Assert.Equal(["text BYTES -1", "image BYTES -1", "audio BYTES -1", "video BYTES -1"], pack.Inputs.Select(Text));
        Assert.Equal(["embedding FP32 -1,-1", "text BYTES -1"], pack.Outputs.Select(Text));
        Assert.Equal((64, 16L), (config.MaxBatchSize, Assert.Single(config.Input[0].Dims)));
        Assert.Equal(("graph", V1.ModelTask.Infer, "inference"), (info.Family, Assert.Single(info.Parts).Task, info.Parts[0].Service));

        static string Text(V2.ModelMetadataResponse.Types.TensorMetadata tensor) => $"{tensor.Name} {tensor.Datatype} {string.Join(',', tensor.Shape)}";
    }

    [Fact]
    public async Task Media_give_the_vectors_and_words_of_the_other_faces()
    {
        var expected = (await EmbedAsync(Data(Picture))).Encoded.Embedding.Data;
        var caption = await CaptionTextAsync(new V1.CaptionRequest { Media = { Data(Picture) }, Parameters = new V1.GenerationParameters { Temperature = 0, NumBeams = 1 } });
        var greedy = new Dictionary<string, V2.InferParameter> { ["temperature"] = new() { DoubleParam = 0 }, ["num_beams"] = new() { Int64Param = 1 } };

        var vector = await _client.ModelInferAsync(OfMedia(Pack, "image", Picture, "embedding"));
        var words = OfMedia(Pack, "image", Picture, "text");
        words.Parameters.Add(greedy);
        var said = await _client.ModelInferAsync(words);
        var pieces = await StreamAsync(words);

        Assert.Equal(expected, vector.RawOutputContents[0]);
        Assert.Equal(caption, TextOf(said));
        Assert.True(pieces.Count > 1);
        Assert.Equal(caption, string.Concat(pieces.Select(piece => TextOf(piece.InferResponse))));
        Assert.All(pieces, piece => Assert.False(piece.InferResponse.Parameters["triton_final_response"].BoolParam));
    }

    [Fact]
    public async Task Texts_are_labelled_ranked_and_sounds_written_down()
    {
        var labels = await AskAsync("/v2/models/tiny-labeller/infer", """{"parameters": {"top_k": 2}, "inputs": [{"name": "text", "shape": [2], "datatype": "BYTES", "data": ["a dog", "rain"]}]}""");
        var scores = await AskAsync("/v2/models/tiny-cross-encoder/infer", """{"inputs": [{"name": "query", "shape": [1], "datatype": "BYTES", "data": ["a dog"]}, {"name": "text", "shape": [2], "datatype": "BYTES", "data": ["a cat", "a dog"]}]}""");
        var heard = await _client.ModelInferAsync(OfMedia("tiny-whisper", "audio", TinyModels.Media("sound-16k-3s.wav")));

        Assert.Equal(["label", "score"], labels.GetProperty("outputs").EnumerateArray().Select(output => output.GetProperty("name").GetString()));
        Assert.Equal("[2,2]", labels.GetProperty("outputs")[0].GetProperty("shape").GetRawText());
        Assert.Equal(2, scores.GetProperty("outputs")[0].GetProperty("data").GetArrayLength());
        Assert.NotEqual("", TextOf(heard));
    }

    [Fact]
    public async Task A_stream_answers_each_request_and_goes_on_after_one_that_fails()
    {
        var wantsEnd = OfMedia(Pack, "image", Picture, "text");
        wantsEnd.Parameters.Add("max_tokens", new V2.InferParameter { Int64Param = 2 });
        wantsEnd.Parameters.Add("triton_enable_empty_final_response", new V2.InferParameter { BoolParam = true });
        var whole = AddSub(input => input.Contents = new V2.InferTensorContents { IntContents = { Enumerable.Range(0, 16) } });

        var answers = await StreamAsync(OfMedia("nobody", "text", [1]), whole, wantsEnd, whole);

        Assert.Contains("nobody", answers[0].ErrorMessage, StringComparison.Ordinal);
        Assert.True(answers[1].InferResponse.Parameters["triton_final_response"].BoolParam);
        Assert.Equal((0, true), (answers[^2].InferResponse.Outputs.Count, answers[^2].InferResponse.Parameters["triton_final_response"].BoolParam));
        Assert.Equal(answers[1].InferResponse.RawOutputContents, answers[^1].InferResponse.RawOutputContents);
    }

    [Fact]
    public async Task Models_come_and_go()
    {
        Assert.Contains(await IndexAsync(), model => model is { Name: "simple_string", State: "READY" });

        await _client.RepositoryModelUnloadAsync(new V2.RepositoryModelUnloadRequest { ModelName = "simple_string" });

        Assert.Contains(await IndexAsync(), model => model is { Name: "simple_string", State: "UNAVAILABLE", Reason: not "" });
        Assert.False((await _client.ModelReadyAsync(new V2.ModelReadyRequest { Name = "simple_string" })).Ready);
        await ExpectAsync(StatusCode.FailedPrecondition, ErrorReasons.ModelNotServed, "simple_string", () => _client.ModelMetadataAsync(new V2.ModelMetadataRequest { Name = "simple_string" }));

        await _client.RepositoryModelLoadAsync(new V2.RepositoryModelLoadRequest { ModelName = "simple_string" });

        Assert.True((await _client.ModelReadyAsync(new V2.ModelReadyRequest { Name = "simple_string" })).Ready);
        Assert.True((await _client.ServerReadyAsync(new V2.ServerReadyRequest())).Ready);
        Assert.True((await _client.ServerLiveAsync(new V2.ServerLiveRequest())).Live);
    }

    [Fact]
    public async Task What_is_wrong_is_named()
    {
        var both = AddSub(input => input.Contents = new V2.InferTensorContents { IntContents = { Enumerable.Range(0, 16) } });
        both.RawInputContents.Add([Raw([1]), Raw([1])]);
        await ExpectAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidTensor, "contents field must not be specified when using raw_input_contents for 'INPUT0' for model 'simple'", () => _client.ModelInferAsync(both));
        await ExpectAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidTensor, "takes 64", () => _client.ModelInferAsync(AddSub(input => input.Contents = new V2.InferTensorContents { IntContents = { 1 } })));
        await ExpectAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidTensor, "INT99", () => _client.ModelInferAsync(AddSub(input => input.Datatype = "INT99")));
        await ExpectAsync(StatusCode.NotFound, ErrorReasons.ModelMismatch, "Request for unknown model", () => _client.ModelMetadataAsync(new V2.ModelMetadataRequest { Name = "nobody" }));
        await ExpectAsync(StatusCode.NotFound, ErrorReasons.ModelMismatch, "failed to load 'nobody'", () => _client.RepositoryModelLoadAsync(new V2.RepositoryModelLoadRequest { ModelName = "nobody" }));
        await ExpectAsync(StatusCode.InvalidArgument, ErrorReasons.TruncatedMedia, "", () => _client.ModelInferAsync(OfMedia(Pack, "image", Picture[..40])));
        var pick = new V2.ModelInferRequest { ModelName = "picking" };
        pick.Inputs.Add(new V2.ModelInferRequest.Types.InferInputTensor { Name = "list", Datatype = "FP32", Shape = { 4 }, Contents = new V2.InferTensorContents { Fp32Contents = { 0, 1, 2, 3 } } });
        pick.Inputs.Add(new V2.ModelInferRequest.Types.InferInputTensor { Name = "place", Datatype = "INT64", Shape = { 1 }, Contents = new V2.InferTensorContents { Int64Contents = { 9 } } });
        await ExpectAsync(StatusCode.InvalidArgument, ErrorReasons.InvalidTensor, "fails on these tensors", () => _client.ModelInferAsync(pick));
        await AssertStillServingAsync();
    }

    private static V2.ModelInferRequest AddSub(Action<V2.ModelInferRequest.Types.InferInputTensor> fill)
    {
        var request = new V2.ModelInferRequest { ModelName = "simple", Id = "42" };
        foreach (var name in (string[])["INPUT0", "INPUT1"])
        {
            var input = new V2.ModelInferRequest.Types.InferInputTensor { Name = name, Datatype = "INT32", Shape = { 1, 16 } };
            fill(input);
            request.Inputs.Add(input);
        }

        return request;
    }

    private static V2.ModelInferRequest OfMedia(string model, string input, byte[] medium, params string[] outputs)
    {
        var request = new V2.ModelInferRequest { ModelName = model };
        request.Inputs.Add(new V2.ModelInferRequest.Types.InferInputTensor
        {
            Name = input,
            Datatype = "BYTES",
            Shape = { 1 },
            Contents = new V2.InferTensorContents { BytesContents = { ByteString.CopyFrom(medium) } },
        });
        request.Outputs.Add(outputs.Select(name => new V2.ModelInferRequest.Types.InferRequestedOutputTensor { Name = name }));
        return request;
    }

    private static ByteString Raw(int[] numbers) => ByteString.CopyFrom(MemoryMarshal.AsBytes<int>(numbers));

    private static string TextOf(V2.ModelInferResponse response) => response.RawOutputContents[0].ToStringUtf8()[sizeof(int)..];

    private async Task<List<V2.ModelStreamInferResponse>> StreamAsync(params V2.ModelInferRequest[] requests)
    {
        using var call = _client.ModelStreamInfer();
        foreach (var request in requests)
        {
            await call.RequestStream.WriteAsync(request);
        }

        await call.RequestStream.CompleteAsync();
        var answers = new List<V2.ModelStreamInferResponse>();
        await foreach (var answer in call.ResponseStream.ReadAllAsync())
        {
            answers.Add(answer);
        }

        return answers;
    }

    private async Task<IReadOnlyList<V2.RepositoryIndexResponse.Types.ModelIndex>> IndexAsync() => (await _client.RepositoryIndexAsync(new V2.RepositoryIndexRequest())).Models;

    private async Task<V2.ModelStatistics> CountAsync(string model) => (await _client.ModelStatisticsAsync(new V2.ModelStatisticsRequest { Name = model })).ModelStats[0];

    private static async Task ExpectAsync<T>(StatusCode code, string reason, string named, Func<AsyncUnaryCall<T>> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal((code, reason), (error.StatusCode, error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason));
        Assert.Contains(named, error.Status.Detail, StringComparison.Ordinal);
    }

    private async Task<JsonElement> AskAsync(string path, string body)
    {
        using var http = new HttpClient { BaseAddress = Sensorium.GatewayHttp };
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonElement.Parse(answer);
    }
}
