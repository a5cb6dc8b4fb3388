using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Tensors;

namespace Sensorium.Onnx.Graphs;

/// <summary>Types of elements as the runtime has them.</summary>
internal static class ElementTypes
{
    private static readonly (TensorType Type, TensorElementType Element)[] Rows =
    [
        (TensorType.Bool, TensorElementType.Bool),
        (TensorType.Int8, TensorElementType.Int8),
        (TensorType.Int16, TensorElementType.Int16),
        (TensorType.Int32, TensorElementType.Int32),
        (TensorType.Int64, TensorElementType.Int64),
        (TensorType.UInt8, TensorElementType.UInt8),
        (TensorType.UInt16, TensorElementType.UInt16),
        (TensorType.UInt32, TensorElementType.UInt32),
        (TensorType.UInt64, TensorElementType.UInt64),
        (TensorType.Float16, TensorElementType.Float16),
        (TensorType.Float32, TensorElementType.Float),
        (TensorType.Float64, TensorElementType.Double),
        (TensorType.Bytes, TensorElementType.String),
    ];

    /// <summary>Null for those that do not travel, as complex numbers.</summary>
    public static TensorType? Find(TensorElementType element) =>
        Rows.Where(row => row.Element == element).Select(row => (TensorType?)row.Type).FirstOrDefault();

    public static TensorElementType Of(TensorType type) => Rows.First(row => row.Type == type).Element;
}
