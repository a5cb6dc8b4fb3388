using System.Runtime.InteropServices;
using Sensorium.V1;

namespace Sensorium.Client;

/// <summary>Numbers out of <see cref="Tensor"/>, whose data is little endian and row major.</summary>
public static class TensorExtensions
{
    /// <exception cref="InvalidOperationException">The tensor is not float32.</exception>
    public static float[] ToFloats(this Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Dtype != DataType.Float32)
        {
            throw new InvalidOperationException($"The tensor is {tensor.Dtype}, not Float32.");
        }

        return MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();
    }
}
