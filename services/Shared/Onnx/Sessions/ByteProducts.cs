using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Sensorium.Onnx.Sessions;

/// <summary>Whether this processor sums products of bytes in one instruction: then graphs of eight bits take less time than those of single precision.</summary>
internal static class ByteProducts
{
    // Of CPUID: structured extended features.
    private const int Features = 7;
    private const int Avx512Vnni = 11;
    private const int AvxVnni = 4;

    public static bool AreFast { get; } = X86Base.IsSupported ? HasVnni() : Dp.IsSupported;

    private static bool HasVnni()
    {
        if (X86Base.CpuId(0, 0).Eax < Features)
        {
            return false;
        }

        // Wide registers are of use only where the system saves them.
        var (most, _, features, _) = X86Base.CpuId(Features, 0);
        return (Avx512F.IsSupported && IsSet(features, Avx512Vnni)) || (Avx2.IsSupported && most >= 1 && IsSet(X86Base.CpuId(Features, 1).Eax, AvxVnni));
    }

    private static bool IsSet(int register, int bit) => ((register >> bit) & 1) != 0;
}
