using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sensorium.Media.Imaging;

/// <summary>Convolves every row of interleaved RGB with a kernel.</summary>
internal static class RowPass
{
    private const int Channels = 3;
    private const int RowsAtOnce = 4;

    /// <summary>Bytes that one vector load reads; more than the four pixels (12 bytes) that it uses.</summary>
    private const int LoadBytes = 16;

    /// <param name="source">[rows, sourceWidth, 3].</param>
    /// <param name="target">[rows, kernel outputs, 3].</param>
    public static void Run(ReadOnlySpan<byte> source, int sourceWidth, int rows, Span<byte> target, ResampleKernel kernel)
    {
        var stride = sourceWidth * Channels;
        var targetStride = kernel.Starts.Length * Channels;
        var row = 0;
        if (Avx2.IsSupported)
        {
            row = RunVectors(source, stride, rows, target, targetStride, kernel);
        }

        for (; row < rows; row++)
        {
            RunScalar(source.Slice(row * stride, stride), target.Slice(row * targetStride, targetStride), kernel);
        }
    }

    private static int RunVectors(ReadOnlySpan<byte> source, int stride, int rows, Span<byte> target, int targetStride, ResampleKernel kernel)
    {
        var reach = Reach(kernel);
        var row = 0;
        for (; row + RowsAtOnce <= rows && ((row + RowsAtOnce - 1) * (long)stride) + reach <= source.Length; row += RowsAtOnce)
        {
            ConvolveRows(
                ref Unsafe.Add(ref MemoryMarshal.GetReference(source), (nint)row * stride), stride,
                ref Unsafe.Add(ref MemoryMarshal.GetReference(target), (nint)row * targetStride), targetStride, kernel);
        }

        if (row < rows)
        {
            row += RunTail(source[(row * stride)..], stride, rows - row, target[(row * targetStride)..], targetStride, kernel, reach);
        }

        return row;
    }

    /// <summary>The last rows, copied to where reading past their end is harmless.</summary>
    private static int RunTail(
        ReadOnlySpan<byte> source, int stride, int rows, Span<byte> target, int targetStride, ResampleKernel kernel, int reach)
    {
        var done = 0;
        var copy = ArrayPool<byte>.Shared.Rent((RowsAtOnce * stride) + reach);
        var result = ArrayPool<byte>.Shared.Rent(RowsAtOnce * targetStride);
        for (; done < rows; done += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, rows - done);
            source.Slice(done * stride, count * stride).CopyTo(copy);
            ConvolveRows(ref copy[0], stride, ref result[0], targetStride, kernel);
            result.AsSpan(0, count * targetStride).CopyTo(target[(done * targetStride)..]);
        }

        ArrayPool<byte>.Shared.Return(copy);
        ArrayPool<byte>.Shared.Return(result);
        return rows;
    }

    /// <summary>How many bytes after the beginning of a row a load may end.</summary>
    private static int Reach(ResampleKernel kernel)
    {
        var reach = 0;
        for (var i = 0; i < kernel.Starts.Length; i++)
        {
            reach = Math.Max(reach, ((kernel.Starts[i] + PaddedCount(kernel, i) - ResampleKernel.TapGroup) * Channels) + LoadBytes);
        }

        return reach;
    }

    private static int PaddedCount(ResampleKernel kernel, int output) =>
        (kernel.Counts[output] + ResampleKernel.TapGroup - 1) / ResampleKernel.TapGroup * ResampleKernel.TapGroup;

    // Four taps at a time: the lower lane holds (R0,R1) (G0,G1) (B0,B1) as 16-bit pairs, the upper lane those of taps 2 and 3,
    // so that one multiply-add weighs and sums two taps per channel. Four rows share the weights.
    private static void ConvolveRows(ref byte source, int stride, ref byte target, int targetStride, ResampleKernel kernel)
    {
        for (var output = 0; output < kernel.Starts.Length; output++)
        {
            ref var pixels = ref Unsafe.Add(ref source, kernel.Starts[output] * Channels);
            ref var high = ref kernel.High[output * kernel.Taps];
            ref var low = ref kernel.Low[output * kernel.Taps];
            Vector256<int> high0 = default, high1 = default, high2 = default, high3 = default;
            Vector256<int> low0 = default, low1 = default, low2 = default, low3 = default;
            for (var tap = 0; tap < kernel.Counts[output]; tap += ResampleKernel.TapGroup)
            {
                var highs = Spread(ref Unsafe.Add(ref high, tap));
                var lows = Spread(ref Unsafe.Add(ref low, tap));
                ref var at = ref Unsafe.Add(ref pixels, tap * Channels);
                Accumulate(ref at, highs, lows, ref high0, ref low0);
                Accumulate(ref Unsafe.Add(ref at, stride), highs, lows, ref high1, ref low1);
                Accumulate(ref Unsafe.Add(ref at, stride * 2), highs, lows, ref high2, ref low2);
                Accumulate(ref Unsafe.Add(ref at, stride * 3), highs, lows, ref high3, ref low3);
            }

            ref var result = ref Unsafe.Add(ref target, output * Channels);
            Store(ref result, high0, low0);
            Store(ref Unsafe.Add(ref result, targetStride), high1, low1);
            Store(ref Unsafe.Add(ref result, targetStride * 2), high2, low2);
            Store(ref Unsafe.Add(ref result, targetStride * 3), high3, low3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Spread(ref short weights)
    {
        var four = Vector256.Create(Unsafe.ReadUnaligned<long>(ref Unsafe.As<short, byte>(ref weights)));
        return Avx2.PermuteVar8x32(four.AsInt32(), Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1)).AsInt16();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(ref byte pixels, Vector256<short> highs, Vector256<short> lows, ref Vector256<int> high, ref Vector256<int> low)
    {
        var order = Vector256.Create(
            0, 128, 3, 128, 1, 128, 4, 128, 2, 128, 5, 128, 128, 128, 128, 128,
            6, 128, 9, 128, 7, 128, 10, 128, 8, 128, 11, 128, 128, 128, 128, (byte)128);
        var loaded = Vector128.LoadUnsafe(ref pixels);
        var pairs = Avx2.Shuffle(Vector256.Create(loaded, loaded), order).AsInt16();
        high += Avx2.MultiplyAddAdjacent(pairs, highs);
        low += Avx2.MultiplyAddAdjacent(pairs, lows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref byte target, Vector256<int> high, Vector256<int> low)
    {
        var lanes = Vector256.ShiftLeft(high, ResampleKernel.LowBits) + low;
        var sum = lanes.GetLower() + lanes.GetUpper() + Vector128.Create(1 << (ResampleKernel.FractionBits - 1));
        var value = Vector128.ShiftRightArithmetic(sum, ResampleKernel.FractionBits);
        var clamped = Vector128.Min(Vector128.Max(value, Vector128<int>.Zero), Vector128.Create(255));
        target = (byte)clamped.GetElement(0);
        Unsafe.Add(ref target, 1) = (byte)clamped.GetElement(1);
        Unsafe.Add(ref target, 2) = (byte)clamped.GetElement(2);
    }

    private static void RunScalar(ReadOnlySpan<byte> source, Span<byte> target, ResampleKernel kernel)
    {
        for (var output = 0; output < kernel.Starts.Length; output++)
        {
            var weights = kernel.Weights.AsSpan(output * kernel.Taps, kernel.Counts[output]);
            for (var channel = 0; channel < Channels; channel++)
            {
                var sum = 1 << (ResampleKernel.FractionBits - 1);
                for (var tap = 0; tap < weights.Length; tap++)
                {
                    sum += source[((kernel.Starts[output] + tap) * Channels) + channel] * weights[tap];
                }

                target[(output * Channels) + channel] = (byte)Math.Clamp(sum >> ResampleKernel.FractionBits, 0, 255);
            }
        }
    }
}
