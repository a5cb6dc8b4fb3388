using Sensorium.Core.Errors;

namespace Sensorium.Core.Tensors;

/// <summary>Brings what a caller sent into the form that a graph reads, or says what is wrong with it.</summary>
public static class TensorCheck
{
    internal static GraphInput Read(GraphDescription graph, InferJob job)
    {
        RequireKnown(graph.Inputs, "input", job.Inputs.Select(input => input.Name));
        RequireKnown(graph.Outputs, "output", job.Outputs);
        Tensor[] inputs = [.. graph.Inputs.Select(port => Find(port, job.Inputs))];
        RequireAgreement(graph.Inputs, inputs);
        var read = new GraphInput(inputs, job.Outputs.Count > 0 ? job.Outputs : [.. graph.Outputs.Select(port => port.Name)]);
        return !graph.LimitsRequests || read.Rows <= graph.MaxBatchRows
            ? read
            : throw Invalid($"The request has {read.Rows} rows; model '{graph.Model.Id}' takes {graph.MaxBatchRows}.", "inputs");
    }

    /// <summary>That the data are as many as the shape says.</summary>
    public static void RequireWhole(Tensor tensor)
    {
        if (TensorShape.CountOf(tensor.Shape) is not { } count)
        {
            throw Invalid($"Input '{tensor.Name}' has the shape {TensorShape.Text(tensor.Shape)}, which no tensor has.", tensor.Name);
        }

        var size = TensorTypes.SizeOf(tensor.Type);
        if (size > 0 && count * size != tensor.Data.Length)
        {
            throw Invalid($"Input '{tensor.Name}' has {tensor.Data.Length} bytes; {tensor} takes {count * size}.", tensor.Name);
        }

        if (size == 0 && TextElements.Read(tensor.Data)?.Count is var elements && elements != count)
        {
            var found = elements is null ? "does not hold whole elements, each after its length in four bytes" : $"holds {elements} elements";
            throw Invalid($"Input '{tensor.Name}' {found}; {tensor} takes {count}.", tensor.Name);
        }
    }

    private static void RequireKnown(IReadOnlyList<TensorPort> ports, string kind, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!ports.Any(port => port.Name == name))
            {
                throw Invalid($"There is no {kind} '{name}'; {kind}s are {string.Join("; ", ports)}.", name);
            }

            if (!seen.Add(name))
            {
                throw Invalid($"The {kind} '{name}' is given twice.", name);
            }
        }
    }

    private static Tensor Find(TensorPort port, IReadOnlyList<Tensor> given)
    {
        var tensor = given.FirstOrDefault(input => input.Name == port.Name) ?? throw Invalid($"The input {port} is missing.", port.Name);
        if (tensor.Type != port.Type)
        {
            throw Invalid($"Input '{port.Name}' is {TensorTypes.NameOf(tensor.Type)}; the model takes {port}.", port.Name);
        }

        if (tensor.Shape.Count != port.Shape.Count || port.Shape.Zip(tensor.Shape).Any(pair => pair.First >= 0 && pair.First != pair.Second))
        {
            throw Invalid($"Input '{port.Name}' has the shape {TensorShape.Text(tensor.Shape)}; the model takes {port}.", port.Name);
        }

        RequireWhole(tensor);
        return tensor;
    }

    // Sizes of one name are equal.
    private static void RequireAgreement(IReadOnlyList<TensorPort> ports, Tensor[] inputs)
    {
        var known = new Dictionary<string, (string Input, long Size)>(StringComparer.Ordinal);
        foreach (var (port, input) in ports.Zip(inputs))
        {
            foreach (var (axis, name) in port.Sizes.Index().Where(size => size.Item.Length > 0 && port.Shape[size.Index] < 0))
            {
                if (!known.TryAdd(name, (port.Name, input.Shape[axis])) && known[name].Size != input.Shape[axis])
                {
                    throw Invalid($"The size '{name}' is {known[name].Size} in input '{known[name].Input}' and {input.Shape[axis]} in input '{port.Name}'.", port.Name);
                }
            }
        }
    }

    private static SensoriumException Invalid(string message, string field) => SensoriumException.Invalid(ErrorReasons.InvalidTensor, message, field);
}
