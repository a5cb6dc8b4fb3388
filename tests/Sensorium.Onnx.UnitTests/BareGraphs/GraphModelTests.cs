using System.Runtime.InteropServices;
using Sensorium.Core.Errors;
using Sensorium.Core.Packs;
using Sensorium.Core.Tensors;
using Xunit;

namespace Sensorium.Onnx.UnitTests.BareGraphs;

public sealed class GraphModelTests
{
    [Fact]
    public void Requests_share_a_run_and_get_their_own_rows()
    {
        using var graph = new BareGraph("simple");
        using var model = graph.Load();
        GraphInput[] requests = [AddSub(rows: 1, first: 0), AddSub(rows: 3, first: 100)];

        var outputs = Run(model, requests);

        Assert.Equal((8, false), (model.Description.MaxBatchRows, model.Description.LimitsRequests));
        Assert.Equal(["INPUT0 INT32 [batch, 16]", "INPUT1 INT32 [batch, 16]"], model.Description.Inputs.Select(port => port.ToString()));
        foreach (var (request, answer) in requests.Zip(outputs))
        {
            var (left, right) = (Ints(request.Inputs[0]), Ints(request.Inputs[1]));
            Assert.Equal([request.Rows, 16], answer[0].Shape);
            Assert.Equal(left.Zip(right, (a, b) => a + b), Ints(answer[0]));
            Assert.Equal(left.Zip(right, (a, b) => a - b), Ints(answer[1]));
        }
    }

    [Fact]
    public void Only_what_is_wanted_is_given_in_that_order()
    {
        using var graph = new BareGraph("simple");
        using var model = graph.Load();

        var answer = Run(model, AddSub(1, 5) with { Outputs = ["OUTPUT1", "OUTPUT0"] })[0];

        Assert.Equal(["OUTPUT1", "OUTPUT0"], answer.Select(output => output.Name));
        Assert.Equal(10, Ints(answer[1])[0]);
    }

    [Fact]
    public void Words_go_in_and_out()
    {
        using var graph = new BareGraph("simple_string");
        using var model = graph.Load();
        var words = TextElements.Write(Enumerable.Range(0, 16).Select(i => $"{i}"));
        var input = new GraphInput([new("INPUT0", TensorType.Bytes, [1, 16], words), new("INPUT1", TensorType.Bytes, [1, 16], words)], ["OUTPUT0", "OUTPUT1"]);

        var answers = Run(model, input, input);

        Assert.Equal(TensorType.Bytes, answers[1][0].Type);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"{2 * i}"), Words(answers[1][0]));
        Assert.All(Words(answers[0][1]), word => Assert.Equal("0", word));
    }

    [Fact]
    public void Every_type_goes_in_and_comes_out_as_it_was()
    {
        using var graph = new BareGraph("types");
        using var model = graph.Load();
        var inputs = model.Description.Inputs.Select((port, i) => new Tensor(port.Name, port.Type, [3, 2], Bytes(port.Type, i))).ToArray();
        GraphInput request = new(inputs, [.. model.Description.Outputs.Select(port => port.Name)]);

        Assert.Equal(Enum.GetValues<TensorType>(), inputs.Select(input => input.Type));
        foreach (var answer in Run(model, request, request))
        {
            Assert.All(inputs.Zip(answer), pair =>
            {
                Assert.Equal((pair.First.Type, "[3, 2]"), (pair.Second.Type, TensorShape.Text(pair.Second.Shape)));
                Assert.Equal(pair.First.Data.ToArray(), pair.Second.Data.ToArray());
            });
        }
    }

    [Theory]
    [InlineData("mixing", null)]
    [InlineData("picking", null)]
    [InlineData("simple", """{"max_batch_size": 1}""")]
    public void Requests_are_not_joined_where_rows_see_each_other_or_are_none(string name, string? config)
    {
        using var graph = new BareGraph(name, config);
        using var model = graph.Load();

        Assert.False(model.Description.JoinsRows);
    }

    [Fact]
    public void A_request_that_the_graph_fails_on_is_told_so()
    {
        using var graph = new BareGraph("picking");
        using var model = graph.Load();

        var error = Assert.Throws<SensoriumException>(() => Run(model, Pick(9)));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidTensor), (error.Code, error.Reason));
        Assert.Contains("out of", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([2f], Floats(Run(model, Pick(2))[0][0]));
        Assert.True(model.Probe());
    }

    [Fact]
    public void A_config_narrows_shapes_and_bounds_requests()
    {
        using var graph = new BareGraph("simple", """{"max_batch_size": 4, "inputs": [{"name": "INPUT0", "shape": [-1, 16]}], "model_type": "other"}""");
        using var model = graph.Load();

        Assert.Equal((4, true), (model.Description.MaxBatchRows, model.Description.LimitsRequests));
    }

    [Theory]
    [InlineData("""{"inputs": [{"name": "INPUT0", "shape": [-1, 8]}]}""", "INPUT0")]
    [InlineData("""{"max_batch_size": 0}""", "max_batch_size")]
    [InlineData("""{"max_batch_size": "many"}""", "config.json")]
    [InlineData("""{"inputs": [{}]}""", "config.json")]
    [InlineData("{", "config.json")]
    public void A_config_that_contradicts_the_graph_is_refused(string config, string named)
    {
        using var graph = new BareGraph("simple", config);

        Assert.Contains(named, Assert.Throws<ModelPackException>(() => graph.Load()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_version_of_a_repository_counts()
    {
        using var graph = new BareGraph("simple", under: "3");

        Assert.Equal("3", graph.Read().Pack!.Graph!.Version);
        using var model = graph.Load();
        Assert.Equal("3", model.Description.Version);
    }

    private static IReadOnlyList<IReadOnlyList<Tensor>> Run(IGraphModel model, params GraphInput[] inputs)
    {
        using var batch = model.Prepare(inputs);
        return batch.Run();
    }

    private static GraphInput AddSub(int rows, int first)
    {
        int[] numbers = [.. Enumerable.Range(first, rows * 16)];
        var data = MemoryMarshal.AsBytes<int>(numbers).ToArray();
        return new([new("INPUT0", TensorType.Int32, [rows, 16], data), new("INPUT1", TensorType.Int32, [rows, 16], data)], ["OUTPUT0", "OUTPUT1"]);
    }

    private static GraphInput Pick(long place) => new(
        [new("list", TensorType.Float32, [4], MemoryMarshal.AsBytes<float>([0, 1, 2, 3]).ToArray()), new("place", TensorType.Int64, [1], BitConverter.GetBytes(place))],
        ["picked"]);

    private static byte[] Bytes(TensorType type, int seed) => type switch
    {
        TensorType.Bytes => TextElements.Write([new byte[] { 0xff, 0 }, default, "ß"u8.ToArray(), "a"u8.ToArray(), "b"u8.ToArray(), "c"u8.ToArray()]),
        TensorType.Bool => [1, 0, 0, 1, 1, 0],
        _ => [.. Enumerable.Range(seed, 6 * TensorTypes.SizeOf(type)).Select(i => (byte)(i % 100))],
    };

    private static int[] Ints(Tensor tensor) => MemoryMarshal.Cast<byte, int>(tensor.Data.Span).ToArray();

    private static float[] Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();

    private static IEnumerable<string> Words(Tensor tensor) => TextElements.Read(tensor.Data)!.Select(word => System.Text.Encoding.UTF8.GetString(word.Span));
}
