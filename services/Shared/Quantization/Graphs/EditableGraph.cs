using Google.Protobuf;
using Google.Protobuf.Collections;
using Sensorium.Quantization.Onnx;

namespace Sensorium.Quantization.Graphs;

/// <summary>A graph as it is rewritten: what makes a tensor, what reads it, and constants by name.</summary>
internal sealed class EditableGraph
{
    private const int Matrix = 2;
    private const long LeastWeights = 4096;

    private readonly ModelProto _model;
    private readonly Dictionary<string, TensorProto> _constants;
    private readonly Dictionary<string, NodeProto> _producers;
    private readonly ILookup<string, NodeProto> _consumers;
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _innerNames;

    private EditableGraph(ModelProto model)
    {
        _model = model;
        var graph = model.Graph;
        _constants = graph.Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _producers = graph.Node.SelectMany(node => node.Output.Where(name => name.Length > 0).Select(name => (name, node)))
            .ToDictionary(made => made.name, made => made.node, StringComparer.Ordinal);
        _consumers = graph.Node.SelectMany(node => node.Input.Distinct().Select(name => (name, node)))
            .ToLookup(read => read.name, read => read.node, StringComparer.Ordinal);
        _outputs = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        _innerNames = graph.Node.SelectMany(InnerNames).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<NodeProto> Nodes => _model.Graph.Node;

    public static EditableGraph Read(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            var model = ModelProto.Parser.ParseFrom(stream);
            return model.Graph is null ? throw new QuantizationException($"'{path}' holds no graph") : new EditableGraph(model);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new QuantizationException($"'{path}' cannot be read as a graph: {error.Message}", error);
        }
    }

    public void Write(string path)
    {
        using var stream = File.Create(path);
        _model.WriteTo(stream);
    }

    /// <summary>Null for a tensor that is computed or given.</summary>
    public TensorProto? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <summary>A constant of two dimensions that can be read and is a part of what a model weighs; else null.</summary>
    public TensorProto? LargeMatrix(string name) =>
        Constant(name) is { Dims.Count: Matrix } constant && constant.IsReadable() && constant.Dims[0] * constant.Dims[1] >= LeastWeights ? constant : null;

    /// <summary>Null for a constant, and for an input of the graph.</summary>
    public NodeProto? Producer(string name) => _producers.GetValueOrDefault(name);

    /// <summary>Nodes of the graph itself that read a tensor.</summary>
    public IReadOnlyList<NodeProto> Consumers(string name) => [.. _consumers[name]];

    /// <summary>Whether a tensor is read by its name alone: as an output of the graph, or from within a branch or loop.</summary>
    public bool IsNamedElsewhere(string name) => _outputs.Contains(name) || _innerNames.Contains(name);

    public void Observe(string name)
    {
        if (_outputs.Add(name))
        {
            _model.Graph.Output.Add(new ValueInfoProto
            {
                Name = name,
                Type = new TypeProto { TensorType = new TypeProto.Types.TensorTypeProto { ElemType = ElementType.Single } },
            });
        }
    }

    public void Add(TensorProto constant)
    {
        if (_constants.TryAdd(constant.Name, constant))
        {
            _model.Graph.Initializer.Add(constant);
        }
    }

    public void Require(string domain, long version)
    {
        if (_model.OpsetImport.FirstOrDefault(import => import.Domain == domain) is not { } found)
        {
            _model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = version });
        }
        else if (found.Version < version)
        {
            throw new QuantizationException($"the graph is of operator set {found.Version}; {version} or later is needed");
        }
    }

    /// <summary>Puts other nodes into the place of one.</summary>
    public void Replace(NodeProto node, IEnumerable<NodeProto> others)
    {
        var index = _model.Graph.Node.IndexOf(node);
        _model.Graph.Node.RemoveAt(index);
        foreach (var other in others)
        {
            _model.Graph.Node.Insert(index++, other);
        }
    }

    /// <summary>Puts nodes in front of all, or behind the one that makes a tensor that they read.</summary>
    public void InsertAfter(NodeProto? node, IEnumerable<NodeProto> others)
    {
        var index = node is null ? 0 : _model.Graph.Node.IndexOf(node) + 1;
        foreach (var other in others)
        {
            _model.Graph.Node.Insert(index++, other);
        }
    }

    /// <summary>Takes out what nothing reads any more.</summary>
    public void RemoveUnusedConstants()
    {
        var used = _model.Graph.Node.SelectMany(node => node.Input.Concat(InnerNames(node))).Concat(_outputs).ToHashSet(StringComparer.Ordinal);
        var unused = _constants.Keys.Where(name => !used.Contains(name)).ToHashSet(StringComparer.Ordinal);
        Keep(_model.Graph.Initializer, tensor => !unused.Contains(tensor.Name));

        // Old files list their weights among the inputs, too.
        Keep(_model.Graph.Input, input => !unused.Contains(input.Name));
        foreach (var name in unused)
        {
            _constants.Remove(name);
        }
    }

    private static void Keep<T>(RepeatedField<T> all, Func<T, bool> isKept)
    {
        T[] kept = [.. all.Where(isKept)];
        all.Clear();
        all.AddRange(kept);
    }

    private static IEnumerable<string> InnerNames(NodeProto node) =>
        node.Attribute.SelectMany(attribute => attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G))
            .SelectMany(graph => graph.Node.SelectMany(inner => inner.Input.Concat(InnerNames(inner))).Concat(graph.Output.Select(output => output.Name)));
}
