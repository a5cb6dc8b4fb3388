namespace Sensorium.Core.Tensors;

/// <summary>One row for each type of elements.</summary>
public static class TensorTypes
{
    private static readonly TensorTypeRow[] Rows =
    [
        new(TensorType.Bool, "BOOL", sizeof(bool)),
        new(TensorType.Int8, "INT8", sizeof(sbyte)),
        new(TensorType.Int16, "INT16", sizeof(short)),
        new(TensorType.Int32, "INT32", sizeof(int)),
        new(TensorType.Int64, "INT64", sizeof(long)),
        new(TensorType.UInt8, "UINT8", sizeof(byte)),
        new(TensorType.UInt16, "UINT16", sizeof(ushort)),
        new(TensorType.UInt32, "UINT32", sizeof(uint)),
        new(TensorType.UInt64, "UINT64", sizeof(ulong)),
        new(TensorType.Float16, "FP16", sizeof(ushort)),
        new(TensorType.Float32, "FP32", sizeof(float)),
        new(TensorType.Float64, "FP64", sizeof(double)),
        new(TensorType.Bytes, "BYTES", 0),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. Rows.Select(row => row.Name)];

    /// <summary>As the Open Inference Protocol calls it: "INT32".</summary>
    public static string NameOf(TensorType type) => Of(type).Name;

    /// <summary>Bytes of one element; 0 where elements are of any length.</summary>
    public static int SizeOf(TensorType type) => Of(type).Size;

    /// <summary>By its name; null if there is none.</summary>
    public static TensorType? Find(string name) => Array.Find(Rows, row => row.Name == name)?.Type;

    private static TensorTypeRow Of(TensorType type) => Rows[(int)type - 1];
}

/// <param name="Size">Bytes of one element; 0 where elements are of any length.</param>
internal sealed record TensorTypeRow(TensorType Type, string Name, int Size);
