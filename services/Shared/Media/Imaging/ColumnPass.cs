using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sensorium.Media.Imaging;

/// <summary>Convolves every column with a kernel. Columns are bytes, whatever channel they belong to.</summary>
internal static class ColumnPass
{
    private const int ColumnsAtOnce = 16;

    /// <summary>One output row.</summary>
    /// <param name="rows">[inputs of this output, stride].</param>
    /// <param name="target">[stride].</param>
    public static void Run(ReadOnlySpan<byte> rows, int stride, Span<byte> target, ResampleKernel kernel, int output)
    {
        var weights = output * kernel.Taps;
        var column = Avx2.IsSupported ? RunVectors(rows, stride, target, kernel, weights, kernel.Counts[output]) : 0;
        RunScalar(rows, stride, target, kernel.Weights.AsSpan(weights, kernel.Counts[output]), column);
    }

    // Two rows at a time, interleaved as 16-bit pairs, so that one multiply-add weighs and sums both.
    private static int RunVectors(ReadOnlySpan<byte> rows, int stride, Span<byte> target, ResampleKernel kernel, int weights, int count)
    {
        var half = Vector256.Create(1 << (ResampleKernel.FractionBits - 1));
        ref var source = ref MemoryMarshal.GetReference(rows);
        var column = 0;
        for (; column + ColumnsAtOnce <= stride; column += ColumnsAtOnce)
        {
            Vector256<int> firstHigh = default, firstLow = default, secondHigh = default, secondLow = default;
            for (var tap = 0; tap < count; tap += 2)
            {
                ref var at = ref Unsafe.Add(ref source, ((nint)tap * stride) + column);
                var upper = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref at));
                var lower = tap + 1 < count
                    ? Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref Unsafe.Add(ref at, stride)))
                    : default;
                var first = Avx2.UnpackLow(upper, lower);
                var second = Avx2.UnpackHigh(upper, lower);
                var high = Pair(kernel.High, weights + tap);
                var low = Pair(kernel.Low, weights + tap);
                firstHigh += Avx2.MultiplyAddAdjacent(first, high);
                firstLow += Avx2.MultiplyAddAdjacent(first, low);
                secondHigh += Avx2.MultiplyAddAdjacent(second, high);
                secondLow += Avx2.MultiplyAddAdjacent(second, low);
            }

            var packed = Avx2.PackSignedSaturate(Finish(firstHigh, firstLow, half), Finish(secondHigh, secondLow, half));
            var bytes = Avx2.PackUnsignedSaturate(packed, packed).AsUInt64();
            Vector128.Create(bytes.GetElement(0), bytes.GetElement(2)).AsByte().StoreUnsafe(ref target[column]);
        }

        return column;
    }

    // Padding after the last weight is zero, so a pair may reach into it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pair(short[] weights, int at) =>
        Vector256.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.As<short, byte>(ref weights[at]))).AsInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Finish(Vector256<int> high, Vector256<int> low, Vector256<int> half) =>
        Vector256.ShiftRightArithmetic(Vector256.ShiftLeft(high, ResampleKernel.LowBits) + low + half, ResampleKernel.FractionBits);

    private static void RunScalar(ReadOnlySpan<byte> rows, int stride, Span<byte> target, ReadOnlySpan<int> weights, int firstColumn)
    {
        for (var column = firstColumn; column < stride; column++)
        {
            var sum = 1 << (ResampleKernel.FractionBits - 1);
            for (var tap = 0; tap < weights.Length; tap++)
            {
                sum += rows[(tap * stride) + column] * weights[tap];
            }

            target[column] = (byte)Math.Clamp(sum >> ResampleKernel.FractionBits, 0, 255);
        }
    }
}
