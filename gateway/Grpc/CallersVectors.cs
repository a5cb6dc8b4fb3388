using Sensorium.Core.Errors;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

internal static class CallersVectors
{
    /// <summary>A vector that a caller wrote, whose faults are the caller's.</summary>
    /// <exception cref="SensoriumException">INVALID_PARAMETER: it is not [dimensions] of float32 or float16.</exception>
    public static float[] ToCallersVector(this V1.Tensor? tensor, string field)
    {
        if (tensor is null)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} is not set.", field);
        }

        try
        {
            return tensor.ToVector();
        }
        catch (Exception fault) when (fault is SensoriumException or OverflowException)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter,
                $"{field} is {tensor.Dtype} of shape [{string.Join(", ", tensor.Shape)}] with {tensor.Data.Length} bytes; it must be [dimensions] of float32, little endian.",
                field,
                fault);
        }
    }
}
