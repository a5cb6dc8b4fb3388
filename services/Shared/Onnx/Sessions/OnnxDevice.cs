using System.Globalization;

namespace Sensorium.Onnx.Sessions;

/// <summary>Where a session runs.</summary>
/// <param name="CudaIndex">Null means the CPU.</param>
internal readonly record struct OnnxDevice(int? CudaIndex)
{
    public const string CpuName = "cpu";

    private const string CudaPrefix = "cuda:";

    public static OnnxDevice Cpu => default;

    public bool IsCpu => CudaIndex is null;

    public static bool TryParse(string? name, out OnnxDevice device)
    {
        device = Cpu;
        if (name == CpuName)
        {
            return true;
        }

        if (name?.StartsWith(CudaPrefix, StringComparison.Ordinal) != true
            || !int.TryParse(name.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        device = new OnnxDevice(index);
        return true;
    }

    public override string ToString() => CudaIndex is { } index ? $"{CudaPrefix}{index}" : CpuName;
}
