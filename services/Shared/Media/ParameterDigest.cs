using System.Security.Cryptography;
using System.Text.Json;

namespace Sensorium.Media;

/// <summary>Names a set of parameters, for cache keys.</summary>
public static class ParameterDigest
{
    /// <summary>SHA-256 of the parameters as JSON, lower-case hexadecimal.</summary>
    public static string Of<T>(T parameters) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parameters)));
}
