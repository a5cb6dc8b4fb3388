using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Sensorium.Onnx.Decoding;

/// <summary>
/// Memory of one tensor outside the managed heap: it stays where it is, so ONNX Runtime reads and writes it in place.
/// Zero at first, and taken from the machine page by page as it is touched.
/// </summary>
internal sealed unsafe class NativeTensor<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 64;
    private readonly void* _allocation;
    private readonly T* _data;
    private bool _disposed;

    public NativeTensor(int rows, int rowLength)
    {
        Rows = rows;
        RowLength = rowLength;
        _allocation = NativeMemory.AllocZeroed(checked(((nuint)rows * (nuint)rowLength * (nuint)sizeof(T)) + Alignment));
        _data = (T*)(((nuint)_allocation + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    ~NativeTensor() => Free();

    public int Rows { get; }

    /// <summary>Elements of one row.</summary>
    public int RowLength { get; }

    public Span<T> Row(int row)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Rows, nameof(row));
        return new Span<T>(_data + ((nint)row * RowLength), RowLength);
    }

    /// <summary>A tensor over consecutive rows. It does not own the memory: this object must outlive it.</summary>
    public OrtValue View(int firstRow, params long[] shape)
    {
        var offset = (nint)firstRow * RowLength;
        var length = shape.Aggregate(1L, (product, size) => product * size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, (long)Rows * RowLength, nameof(shape));
        return OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, ElementType, shape, (nint)(_data + offset), length * sizeof(T));
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static TensorElementType ElementType => typeof(T) == typeof(long) ? TensorElementType.Int64 : TensorElementType.Float;

    private void Free()
    {
        if (!_disposed)
        {
            _disposed = true;
            NativeMemory.Free(_allocation);
        }
    }
}
