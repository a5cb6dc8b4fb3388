using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Packs;
using Sensorium.Core.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Graphs;

/// <summary>What a graph takes and gives, as it declares it and as its config.json narrows it.</summary>
internal static class GraphPorts
{
    public static IReadOnlyList<TensorPort> InputsOf(OnnxSession session, GraphConfig config) =>
        [.. session.Session.InputNames.Select(name => PortOf(session, name, session.Session.InputMetadata[name], config))];

    public static IReadOnlyList<TensorPort> OutputsOf(OnnxSession session, GraphConfig config) =>
        [.. session.Session.OutputNames.Select(name => PortOf(session, name, session.Session.OutputMetadata[name], config))];

    /// <summary>Whether the first size of all inputs is one that is left open under one name, and that of all outputs is open.</summary>
    public static bool ShareRows(IReadOnlyList<TensorPort> inputs, IReadOnlyList<TensorPort> outputs) =>
        inputs.Count > 0
        && inputs.Concat(outputs).All(port => port.Shape.Count > 0 && port.Shape[0] < 0)
        && inputs[0].Sizes[0].Length > 0
        && inputs.All(port => port.Sizes[0] == inputs[0].Sizes[0]);

    private static TensorPort PortOf(OnnxSession session, string name, NodeMetadata metadata, GraphConfig config)
    {
        var type = ElementTypes.Find(metadata.ElementDataType)
            ?? throw new ModelPackException(session.File.Path, [$"'{name}' is of type {metadata.ElementDataType}, which does not travel"]);
        long[] declared = [.. metadata.Dimensions.Select(size => (long)size)];
        if (!config.Shapes.TryGetValue(name, out var narrowed))
        {
            return new TensorPort(name, type, declared, metadata.SymbolicDimensions);
        }

        return narrowed.Length == declared.Length && declared.Zip(narrowed).All(pair => pair.First < 0 || pair.First == pair.Second)
            ? new TensorPort(name, type, narrowed, metadata.SymbolicDimensions)
            : throw new ModelPackException(
                session.File.Path, [$"config.json gives '{name}' the shape {TensorShape.Text(narrowed)}, which is not one of {TensorShape.Text(declared)}"]);
    }
}
