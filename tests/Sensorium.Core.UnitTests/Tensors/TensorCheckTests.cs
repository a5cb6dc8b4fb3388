using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;
using Xunit;

namespace Sensorium.Core.UnitTests.Tensors;

public sealed class TensorCheckTests
{
    private static readonly GraphDescription Graph = new(
        new ModelIdentity("g", "r", "fp32", "g", "", "cpu", ""),
        "1",
        [new("a", TensorType.Int32, [-1, 2], ["n", ""]), new("b", TensorType.Bytes, [-1], ["n"])],
        [new("c", TensorType.Int32, [-1], ["n"])],
        MaxBatchRows: 2,
        LimitsRequests: true);

    private static Tensor A => new("a", TensorType.Int32, [2, 2], new byte[16]);

    private static Tensor B => new("b", TensorType.Bytes, [2], TextElements.Write("x", ""));

    [Fact]
    public void Inputs_are_brought_into_the_order_of_the_graph()
    {
        var read = TensorCheck.Read(Graph, Job([B, A]));

        Assert.Equal(["a", "b"], read.Inputs.Select(input => input.Name));
        Assert.Equal(["c"], read.Outputs);
        Assert.Equal(2, read.Rows);
    }

    public static TheoryData<string, Tensor[], string[]> Wrong => new()
    {
        { "input b BYTES [n]", [A], [] },
        { "'z'", [A, B, new("z", TensorType.Int32, [0], default)], [] },
        { "twice", [A, B, B], [] },
        { "INT64", [A with { Type = TensorType.Int64 }, B], [] },
        { "[2, 3]", [A with { Shape = [2, 3] }, B], [] },
        { "[4]", [A with { Shape = [4] }, B], [] },
        { "15 bytes", [A with { Data = new byte[15] }, B], [] },
        { "no tensor has", [A with { Shape = [-1, 2] }, B], [] },
        { "no tensor has", [A with { Shape = [long.MaxValue, 2] }, B], [] },
        { "size 'n'", [A with { Shape = [1, 2], Data = new byte[8] }, B], [] },
        { "whole elements", [A, B with { Data = new byte[] { 9, 0, 0, 0, 1 } }], [] },
        { "3 elements", [A, B with { Data = TextElements.Write("x", "y", "z") }], [] },
        { "'d'", [A, B], ["d"] },
        { "twice", [A, B], ["c", "c"] },
        { "3 rows", [A with { Shape = [3, 2], Data = new byte[24] }, B with { Shape = [3], Data = TextElements.Write("x", "y", "z") }], [] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_the_graph_does_not_take_is_named(string named, Tensor[] inputs, string[] outputs)
    {
        var error = Assert.Throws<SensoriumException>(() => TensorCheck.Read(Graph, Job(inputs, outputs)));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidTensor), (error.Code, error.Reason));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.Field);
    }

    [Fact]
    public void Types_have_the_numbers_and_names_of_their_rows() =>
        Assert.All(Enum.GetValues<TensorType>(), type => Assert.Equal(type, TensorTypes.Find(TensorTypes.NameOf(type))));

    private static InferJob Job(Tensor[] inputs, params string[] outputs) => new("r", null, inputs, outputs);
}
