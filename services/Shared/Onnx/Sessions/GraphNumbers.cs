using System.Buffers.Binary;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Sessions;

/// <summary>Reads single numbers among the weights of a graph without loading it: a gigabyte of other weights is passed over.</summary>
internal static class GraphNumbers
{
    // Of onnx.proto: ModelProto.graph, GraphProto.initializer, and fields and types of TensorProto.
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int DataType = 2;
    private const int FloatData = 4;
    private const int Name = 8;
    private const int RawData = 9;
    private const int SinglePrecision = 1;
    private const int HalfPrecision = 10;
    private const int DoublePrecision = 11;
    private const int LongestName = 1024;

    /// <summary>Those of the names that are numbers of the graph. Throws <see cref="ModelPackException"/> if the file is not whole.</summary>
    public static IReadOnlyDictionary<string, float> Read(string path, params string[] names)
    {
        var found = new Dictionary<string, float>(StringComparer.Ordinal);
        try
        {
            using var stream = File.OpenRead(path);
            var tensors = ProtobufFields.Read(stream, 0, stream.Length).Where(field => field.Number == Graph)
                .SelectMany(graph => ProtobufFields.Read(stream, graph.Start, graph.Start + graph.Length))
                .Where(field => field.Number == Initializer);
            foreach (var tensor in tensors)
            {
                if (ReadNumber(stream, tensor) is { } number && names.Contains(number.Name))
                {
                    found[number.Name] = number.Value;
                }
            }

            return found;
        }
        catch (InvalidDataException error)
        {
            throw new ModelPackException(path, [$"the graph cannot be read: {error.Message}"], error);
        }
    }

    // Null for a tensor of more than one number.
    private static (string Name, float Value)? ReadNumber(Stream stream, ProtobufField tensor)
    {
        var (name, type) = ("", 0);
        byte[] data = [];
        foreach (var field in ProtobufFields.Read(stream, tensor.Start, tensor.Start + tensor.Length))
        {
            switch (field.Number)
            {
                case DataType:
                    type = (int)field.Value;
                    break;
                case Name when field.Length <= LongestName:
                    name = System.Text.Encoding.UTF8.GetString(Content(stream, field));
                    break;
                case FloatData or RawData when field.Length <= sizeof(double):
                    data = Content(stream, field);
                    break;
            }
        }

        return (type, data.Length) switch
        {
            (SinglePrecision, sizeof(float)) => (name, BinaryPrimitives.ReadSingleLittleEndian(data)),
            (HalfPrecision, sizeof(ushort)) => (name, (float)BinaryPrimitives.ReadHalfLittleEndian(data)),
            (DoublePrecision, sizeof(double)) => (name, (float)BinaryPrimitives.ReadDoubleLittleEndian(data)),
            _ => null,
        };
    }

    private static byte[] Content(Stream stream, ProtobufField field)
    {
        var bytes = new byte[field.Length];
        stream.Position = field.Start;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
