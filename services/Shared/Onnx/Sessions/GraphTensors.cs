using System.Globalization;
using Sensorium.Core.Models.Running;

namespace Sensorium.Onnx.Sessions;

/// <summary>Reads the inputs and outputs of a graph from its file; weights are passed over.</summary>
internal static class GraphTensors
{
    // Of onnx.proto: ModelProto.graph, and fields of GraphProto, ValueInfoProto, TypeProto and TensorProto.
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int Input = 11;
    private const int Output = 12;
    private const int ValueName = 1;
    private const int ValueType = 2;
    private const int TensorType = 1;
    private const int ElementType = 1;
    private const int Shape = 2;
    private const int Dimension = 1;
    private const int DimensionValue = 1;
    private const int DimensionName = 2;
    private const int InitializerName = 8;
    private const int LongestName = 4096;
    private const string Open = "?";

    private static readonly Dictionary<ulong, string> Types = new()
    {
        [1] = "float32",
        [2] = "uint8",
        [3] = "int8",
        [4] = "uint16",
        [5] = "int16",
        [6] = "int32",
        [7] = "int64",
        [8] = "string",
        [9] = "bool",
        [10] = "float16",
        [11] = "float64",
        [12] = "uint32",
        [13] = "uint64",
        [16] = "bfloat16",
    };

    /// <summary>Throws <see cref="InvalidDataException"/> if the file is not whole.</summary>
    public static (IReadOnlyList<TensorFacts> Inputs, IReadOnlyList<TensorFacts> Outputs) Read(Stream stream)
    {
        var (inputs, outputs, weights) = (new List<TensorFacts>(), new List<TensorFacts>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var field in Within(stream, new ProtobufField(0, 0, stream.Length, 0), Graph).SelectMany(graph => ProtobufFields.Read(stream, graph.Start, graph.Start + graph.Length)))
        {
            switch (field.Number)
            {
                case Initializer:
                    weights.Add(Within(stream, field, InitializerName).Select(name => TextOf(stream, name)).FirstOrDefault(""));
                    break;
                case Input:
                    inputs.Add(TensorOf(stream, field));
                    break;
                case Output:
                    outputs.Add(TensorOf(stream, field));
                    break;
            }
        }

        // Old files list their weights among the inputs.
        return ([.. inputs.Where(input => !weights.Contains(input.Name))], outputs);
    }

    private static TensorFacts TensorOf(Stream stream, ProtobufField value)
    {
        var (name, type, dimensions) = ("", Open, new List<string>());
        foreach (var field in ProtobufFields.Read(stream, value.Start, value.Start + value.Length))
        {
            if (field.Number == ValueName)
            {
                name = TextOf(stream, field);
            }
            else if (field.Number == ValueType)
            {
                (type, dimensions) = TypeOf(stream, field);
            }
        }

        return new TensorFacts(name, type, dimensions);
    }

    private static (string Type, List<string> Dimensions) TypeOf(Stream stream, ProtobufField declared)
    {
        var (type, dimensions) = (Open, new List<string>());
        foreach (var field in Within(stream, declared, TensorType).SelectMany(tensor => ProtobufFields.Read(stream, tensor.Start, tensor.Start + tensor.Length)))
        {
            if (field.Number == ElementType)
            {
                type = Types.GetValueOrDefault(field.Value, Open);
            }
            else if (field.Number == Shape)
            {
                dimensions.AddRange(Within(stream, field, Dimension).Select(dimension => SizeOf(stream, dimension)));
            }
        }

        return (type, dimensions);
    }

    private static string SizeOf(Stream stream, ProtobufField dimension)
    {
        foreach (var field in ProtobufFields.Read(stream, dimension.Start, dimension.Start + dimension.Length))
        {
            switch (field.Number)
            {
                case DimensionValue:
                    return field.Value.ToString(CultureInfo.InvariantCulture);
                case DimensionName when field.Length > 0:
                    return TextOf(stream, field);
            }
        }

        return Open;
    }

    private static IEnumerable<ProtobufField> Within(Stream stream, ProtobufField message, int number) =>
        ProtobufFields.Read(stream, message.Start, message.Start + message.Length).Where(field => field.Number == number);

    private static string TextOf(Stream stream, ProtobufField field)
    {
        var bytes = new byte[Math.Min(field.Length, LongestName)];
        stream.Position = field.Start;
        stream.ReadExactly(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }
}
