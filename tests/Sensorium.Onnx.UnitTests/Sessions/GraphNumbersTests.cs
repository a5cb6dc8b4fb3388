using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Sessions;

public sealed class GraphNumbersTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Numbers_are_found_among_other_weights_in_every_type()
    {
        var large = new byte[10_000];
        File.WriteAllBytes(_path, Model(
            Tensor("weights", 1, large),
            Tensor("logit_scale", 1, BitConverter.GetBytes(3.5f)),
            Tensor("half", 10, BitConverter.GetBytes((Half)0.25f)),
            Tensor("double", 11, BitConverter.GetBytes(-2.0)),
            Tensor("other", 1, BitConverter.GetBytes(9f))));

        var numbers = GraphNumbers.Read(_path, "logit_scale", "half", "double", "weights", "absent");

        Assert.Equal([("double", -2f), ("half", 0.25f), ("logit_scale", 3.5f)], numbers.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(9_000)]
    public void A_file_that_was_cut_off_is_refused(int missing)
    {
        var whole = Model(Tensor("weights", 1, new byte[10_000]), Tensor("logit_scale", 1, BitConverter.GetBytes(3.5f)));
        File.WriteAllBytes(_path, whole[..^missing]);

        var error = Assert.Throws<ModelPackException>(() => GraphNumbers.Read(_path, "logit_scale"));

        Assert.Contains("reaches over the end", error.Message);
    }

    [Fact]
    public void What_is_no_graph_is_refused()
    {
        File.WriteAllText(_path, "version https://git-lfs.github.com/spec/v1");

        Assert.Throws<ModelPackException>(() => GraphNumbers.Read(_path, "logit_scale"));
    }

    // Field numbers of onnx.proto: a model's graph is 7, a graph's initializer 5; a tensor's type is 2, its name 8, its data 9.
    private static byte[] Model(params byte[][] tensors) => Field(7, [.. tensors.SelectMany(tensor => Field(5, tensor))]);

    private static byte[] Tensor(string name, byte type, byte[] data) =>
        [2 << 3, type, .. Field(8, System.Text.Encoding.UTF8.GetBytes(name)), .. Field(9, data)];

    private static byte[] Field(int number, byte[] content)
    {
        var length = new List<byte>();
        var rest = content.Length;
        for (; rest >= 0x80; rest >>= 7)
        {
            length.Add((byte)((rest & 0x7F) | 0x80));
        }

        return [(byte)((number << 3) | 2), .. length, (byte)rest, .. content];
    }
}
