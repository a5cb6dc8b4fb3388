using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>A batch as the graph reads it, in a pooled buffer, or in the caller's where there is nothing to join or convert.</summary>
internal sealed class InputTensor : IDisposable
{
    private readonly Action? _giveBack;

    private InputTensor(OrtValue value, Action? giveBack)
    {
        Value = value;
        _giveBack = giveBack;
    }

    public OrtValue Value { get; }

    /// <summary>Joins rows of equal length, in the graph's number type.</summary>
    public static InputTensor OfFloats(TensorSpec spec, IReadOnlyList<ReadOnlyMemory<float>> rows, long[] shape) => spec.Type switch
    {
        TensorElementType.Float when rows.Count == 1 => new InputTensor(Create(MemoryMarshal.AsMemory(rows[0]), shape), null),
        TensorElementType.Float => Join<float>(rows, shape, static (row, target) => row.CopyTo(target)),
        _ => Join<Float16>(rows, shape, static (row, target) => TensorPrimitives.ConvertToHalf(row, MemoryMarshal.Cast<Float16, Half>(target))),
    };

    /// <summary>Token ids, padded on the right with 0.</summary>
    public static InputTensor OfTokens(IReadOnlyList<long[]> rows, int length) =>
        OfLongs(rows, length, static (row, target) => row.CopyTo(target));

    /// <summary>1 where there is a token, 0 where there is padding.</summary>
    public static InputTensor MaskOf(IReadOnlyList<long[]> rows, int length) =>
        OfLongs(rows, length, static (row, target) => target[..row.Length].Fill(1));

    /// <summary>A mask of rows without padding.</summary>
    public static InputTensor Ones(int rows, int length)
    {
        var buffer = ArrayPool<long>.Shared.Rent(rows * length);
        buffer.AsSpan(0, rows * length).Fill(1);
        return Pooled(buffer, [rows, length]);
    }

    /// <summary>True everywhere: nothing is masked.</summary>
    public static InputTensor OfTrue(long[] shape)
    {
        var values = new bool[checked((int)TensorPrimitives.Product<long>(shape))];
        Array.Fill(values, true);
        return new InputTensor(Create<bool>(values, shape), null);
    }

    public void Dispose()
    {
        Value.Dispose();
        _giveBack?.Invoke();
    }

    private static InputTensor OfLongs(IReadOnlyList<long[]> rows, int length, Fill<long> fill)
    {
        var buffer = ArrayPool<long>.Shared.Rent(rows.Count * length);
        buffer.AsSpan(0, rows.Count * length).Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            fill(rows[i], buffer.AsSpan(i * length, length));
        }

        return Pooled(buffer, [rows.Count, length]);
    }

    private static InputTensor Join<T>(IReadOnlyList<ReadOnlyMemory<float>> rows, long[] shape, Copy<T> copy)
        where T : unmanaged
    {
        var length = rows[0].Length;
        var buffer = ArrayPool<T>.Shared.Rent(rows.Count * length);
        for (var i = 0; i < rows.Count; i++)
        {
            copy(rows[i].Span, buffer.AsSpan(i * length, length));
        }

        return Pooled(buffer, shape);
    }

    private static InputTensor Pooled<T>(T[] buffer, long[] shape)
        where T : unmanaged
    {
        var length = checked((int)TensorPrimitives.Product<long>(shape));
        return new InputTensor(Create(buffer.AsMemory(0, length), shape), () => ArrayPool<T>.Shared.Return(buffer));
    }

    private static OrtValue Create<T>(Memory<T> memory, long[] shape)
        where T : unmanaged =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, memory, shape);

    private delegate void Copy<T>(ReadOnlySpan<float> row, Span<T> target);

    private delegate void Fill<T>(T[] row, Span<T> target);
}
