using System.Runtime.InteropServices;
using Sensorium.Core.Packs;
using Sensorium.Core.Tensors;
using Sensorium.Onnx.Quantizing;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Quantizing;

/// <summary>On a graph with convolutions, products and a table; Graphs/make_graphs.py makes it.</summary>
public sealed class GraphQuantizerTests : IDisposable
{
    private const string Output = "image_embeds";
    private const int Pixels = 3 * 8 * 8;
    private const double WellEnough = 0.99;

    private static readonly ModelFile Graph = new(Path.Combine(AppContext.BaseDirectory, "Graphs", "convolved.onnx"), "convolved", ModelVariants.SinglePrecision, []);

    private readonly string _folder = Directory.CreateTempSubdirectory("quantized").FullName;

    private string Target => Path.Combine(_folder, "deeper", "convolved_int8.onnx");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(QuantizationMethod.Static, 7)]
    [InlineData(QuantizationMethod.Weights, 4)]
    public void A_graph_of_eight_bits_gives_nearly_the_same(QuantizationMethod method, int products)
    {
        var made = Quantize(method, Media(24));

        Assert.Equal((null, products, 24), (made.Problem, made.Products, made.Runs));
        var loss = Assert.Single(made.Losses);
        Assert.Equal(Output, loss.Output);
        Assert.InRange(loss.Least, WellEnough, 1);
        Assert.InRange(loss.Mean, loss.Least, 1);
        Assert.Equal(new FileInfo(Target).Length, made.BytesAfter);
        Assert.Equal(new FileInfo(Graph.Path).Length, made.BytesBefore);
    }

    // Whole numbers have one sum in any order.
    [Theory]
    [InlineData(QuantizationMethod.Static, 0)]
    [InlineData(QuantizationMethod.Weights, 1e-5f)]
    public void A_row_is_the_same_in_any_company(QuantizationMethod method, float tolerance)
    {
        var media = Media(8);
        Quantize(method, media);
        using var graph = new GraphRuns(Target);

        var together = Run(graph, Joined(media));

        float[] alone = [.. media.SelectMany(medium => Run(graph, medium))];
        Assert.Equal(alone.Length, together.Length);
        Assert.All(alone.Zip(together), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * Math.Abs(pair.First)));
    }

    [Fact]
    public void The_runtime_computes_it_in_bytes()
    {
        Quantize(QuantizationMethod.Static, Media(4));
        var optimized = Path.Combine(_folder, "optimized.onnx");

        GraphRuns.Fold(Target, optimized, wholly: true);

        var graph = File.ReadAllBytes(optimized).AsSpan();
        foreach (var kernel in (byte[][])["QLinearConv"u8.ToArray(), "QLinearAdd"u8.ToArray(), "MatMulIntegerToFloat"u8.ToArray(), "QGemm"u8.ToArray()])
        {
            Assert.True(graph.IndexOf(kernel) >= 0, System.Text.Encoding.ASCII.GetString(kernel));
        }
    }

    [Fact]
    public void What_loses_too_much_is_not_written()
    {
        var made = GraphQuantizer.Quantize(Graph, QuantizationMethod.Static, Media(4), Target, leastCosine: 1.01);

        Assert.Contains($"the mean cosine of '{Output}' to single precision is 0.99", made.Problem);
        Assert.NotEmpty(made.Losses);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Static_scales_need_media_and_weights_alone_do_not()
    {
        Assert.Contains("static scales are found on media", Quantize(QuantizationMethod.Static, []).Problem);

        var weights = Quantize(QuantizationMethod.Weights, []);
        Assert.Equal((null, 0), (weights.Problem, weights.Losses.Count));
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public void A_graph_without_weights_says_so()
    {
        var simple = new ModelFile(Path.Combine(AppContext.BaseDirectory, "Graphs", "simple.onnx"), "simple", ModelVariants.SinglePrecision, []);

        Assert.Contains("no weights", GraphQuantizer.Quantize(simple, QuantizationMethod.Weights, [], Target, WellEnough).Problem);
        Assert.False(File.Exists(Target));
    }

    private QuantizedGraph Quantize(QuantizationMethod method, IReadOnlyList<IReadOnlyList<Tensor>> media) =>
        GraphQuantizer.Quantize(Graph, method, media, Target, WellEnough);

    private static Tensor[][] Media(int count) => [.. Enumerable.Range(0, count).Select(seed =>
    {
        var random = new Random(seed);
        float[] pixels = [.. Enumerable.Range(0, Pixels).Select(_ => (2 * random.NextSingle()) - 1)];
        return (Tensor[])
        [
            new("pixel_values", TensorType.Float32, [1, 3, 8, 8], MemoryMarshal.AsBytes(pixels.AsSpan()).ToArray()),
            new("kind", TensorType.Int64, [1], MemoryMarshal.AsBytes<long>([random.Next(256)]).ToArray()),
        ];
    })];

    private static Tensor[] Joined(Tensor[][] media) =>
        [.. media[0].Select((first, i) => first with { Shape = [media.Length, .. first.Shape.Skip(1)], Data = media.SelectMany(medium => medium[i].Data.ToArray()).ToArray() })];

    private static float[] Run(GraphRuns graph, Tensor[] inputs)
    {
        float[] result = [];
        graph.Run(inputs, [Output], (_, values, _) => result = values.ToArray());
        return result;
    }
}
