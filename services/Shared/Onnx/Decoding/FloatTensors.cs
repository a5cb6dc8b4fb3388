using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Sensorium.Onnx.Decoding;

/// <summary>Numbers of graphs that have them in float32 or float16.</summary>
internal static class FloatTensors
{
    public static void Read(OrtValue value, int start, Span<float> target)
    {
        if (value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>()).Slice(start, target.Length), target);
        }
        else
        {
            value.GetTensorDataAsSpan<float>().Slice(start, target.Length).CopyTo(target);
        }
    }

    /// <summary>What follows the last token of each row.</summary>
    /// <param name="value">[rows, tokens, width].</param>
    /// <param name="rows">Of the width each.</param>
    public static void ReadLast(OrtValue value, IReadOnlyList<float[]> rows)
    {
        var info = value.GetTensorTypeAndShape();
        var tokens = (int)info.Shape[1];
        var halves = info.ElementDataType == TensorElementType.Float16 ? MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>()) : [];
        var numbers = info.ElementDataType == TensorElementType.Float16 ? [] : value.GetTensorDataAsSpan<float>();
        for (var i = 0; i < rows.Count; i++)
        {
            var (start, width) = ((((i + 1) * tokens) - 1) * rows[i].Length, rows[i].Length);
            if (halves.IsEmpty)
            {
                numbers.Slice(start, width).CopyTo(rows[i]);
            }
            else
            {
                TensorPrimitives.ConvertToSingle(halves.Slice(start, width), rows[i]);
            }
        }
    }

    public static void Write(ReadOnlySpan<float> source, OrtValue value, int start)
    {
        if (value.GetTensorTypeAndShape().ElementDataType == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToHalf(source, MemoryMarshal.Cast<Float16, Half>(value.GetTensorMutableDataAsSpan<Float16>())[start..]);
        }
        else
        {
            source.CopyTo(value.GetTensorMutableDataAsSpan<float>()[start..]);
        }
    }

    public static OrtValue Create(ReadOnlySpan<float> source, TensorElementType type, params long[] shape)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, type, shape);
        Write(source, value, 0);
        return value;
    }
}
