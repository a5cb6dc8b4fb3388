using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>
/// Where the graph writes an output: memory that becomes the result, so that nothing is copied afterwards unless the graph
/// writes float16.
/// </summary>
internal sealed class OutputTensor : IDisposable
{
    private readonly float[] _floats;
    private readonly Float16[]? _halves;

    public OutputTensor(TensorSpec spec, long[] shape)
    {
        Shape = shape;
        _floats = new float[checked((int)TensorPrimitives.Product<long>(shape))];
        if (spec.Type == TensorElementType.Float16)
        {
            _halves = new Float16[_floats.Length];
            Value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _halves.AsMemory(), shape);
        }
        else
        {
            Value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, _floats.AsMemory(), shape);
        }
    }

    private OutputTensor(long[] shape, float[] floats) => (Shape, _floats) = (shape, floats);

    /// <summary>What the graph writes to; null of a copy.</summary>
    public OrtValue? Value { get; }

    public long[] Shape { get; }

    /// <summary>A copy of what a graph wrote to memory of its own.</summary>
    public static OutputTensor CopyOf(OrtValue value)
    {
        var info = value.GetTensorTypeAndShape();
        var floats = new float[checked((int)info.ElementCount)];
        if (info.ElementDataType == TensorElementType.Float16)
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<Float16, Half>(value.GetTensorDataAsSpan<Float16>()), floats);
        }
        else
        {
            value.GetTensorDataAsSpan<float>().CopyTo(floats);
        }

        return new OutputTensor(info.Shape, floats);
    }

    /// <summary>What was written, once the run is over.</summary>
    public ReadOnlyMemory<float> Read()
    {
        if (_halves is not null)
        {
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<Float16, Half>(_halves), _floats);
        }

        return _floats;
    }

    public void Dispose() => Value?.Dispose();
}
