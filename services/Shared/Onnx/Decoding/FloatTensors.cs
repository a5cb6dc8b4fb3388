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
