using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Sessions;

/// <summary>What graphs declare, from their files alone.</summary>
internal sealed class GraphReader : IGraphReader
{
    public IEnumerable<GraphFacts> Read(PackPart part, string? variant) =>
        part.Graphs.Select(graph => Read(part, graph, part.VariantsOf(graph), variant)).OfType<GraphFacts>();

    private static GraphFacts? Read(PackPart part, string graph, IReadOnlyList<string> variants, string? wanted)
    {
        if (variants.Count == 0)
        {
            return null;
        }

        var variant = wanted is not null && variants.Contains(wanted) ? wanted : variants[0];
        var file = part.GetGraph(graph, variant);
        var size = file.ExternalData.Append(file.Path).Sum(path => new FileInfo(path).Length);
        var (inputs, outputs) = TensorsOf(file.Path);
        return new GraphFacts(graph, variant, variants, size, inputs, outputs);
    }

    private static (IReadOnlyList<TensorFacts> Inputs, IReadOnlyList<TensorFacts> Outputs) TensorsOf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return GraphTensors.Read(stream);
        }
        catch (InvalidDataException)
        {
            // A file that ends early declares nothing; why it cannot be loaded, the runtime says.
            return ([], []);
        }
    }
}
