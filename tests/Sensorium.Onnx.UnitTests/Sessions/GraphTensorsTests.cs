using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Sessions;

/// <summary>What is read of graphs without loading them is what ONNX Runtime says of them.</summary>
public sealed class GraphTensorsTests
{
    private static readonly Dictionary<TensorElementType, string> Types = new()
    {
        [TensorElementType.Float] = "float32",
        [TensorElementType.Float16] = "float16",
        [TensorElementType.Int64] = "int64",
        [TensorElementType.Bool] = "bool",
    };

    private static readonly OnnxSessionFactory Factory = new(Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance);

    [Fact]
    public void Tensors_are_those_of_the_loaded_graph()
    {
        var part = BundledPack.Instance.Decoder!;
        var graphs = new GraphReader().Read(part, ModelVariants.SinglePrecision).ToArray();

        Assert.Equal(part.Graphs, graphs.Select(graph => graph.Name));
        foreach (var graph in graphs)
        {
            using var session = Factory.Create(part.GetGraph(graph.Name, graph.Variant), new OnnxOptions());
            AssertSame(session.Inputs.Values, graph.Inputs);
            AssertSame(session.Outputs.Values, graph.Outputs);
        }
    }

    [Fact]
    public void The_size_includes_external_data()
    {
        var part = BundledPack.Instance.Decoder!;
        var file = part.GetStep(ModelVariants.SinglePrecision);

        var graph = new GraphReader().Read(part, null).Single(graph => graph.Name == part.StepGraph);

        Assert.True(graph.SizeBytes > new FileInfo(file.Path).Length + 1_000_000);
    }

    [Fact]
    public void A_file_that_ends_early_is_told()
    {
        var whole = File.ReadAllBytes(BundledPack.Instance.Decoder!.GetStep(ModelVariants.SinglePrecision).Path);

        Assert.Throws<InvalidDataException>(() => GraphTensors.Read(new MemoryStream(whole[..(whole.Length / 2)])));
    }

    // The runtime knows sizes that the graph leaves open, where they follow from others.
    private static void AssertSame(IEnumerable<TensorSpec> expected, IReadOnlyList<TensorFacts> found)
    {
        var specs = expected.ToDictionary(spec => spec.Name);
        Assert.Equal(specs.Keys.Order(), found.Select(tensor => tensor.Name).Order());
        Assert.All(found, tensor =>
        {
            var spec = specs[tensor.Name];
            Assert.Equal((Types[spec.Type], spec.Rank), (tensor.Type, tensor.Dimensions.Count));
            Assert.All(tensor.Dimensions.Zip(spec.Dimensions), size => Assert.True(!int.TryParse(size.First, out var declared) || declared == size.Second));
        });
    }
}
