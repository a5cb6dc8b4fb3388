using System.Buffers.Binary;

namespace Sensorium.Gateway.Http;

internal static class VectorBytes
{
    /// <summary>Little-endian float32, as clients read vectors in base64.</summary>
    public static byte[] Of(ReadOnlySpan<float> vector)
    {
        var bytes = new byte[vector.Length * sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return bytes;
    }
}
