using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Sensorium.Core.Media;

/// <summary>SHA-256 of bytes that travel with a request. Those of a large source are hashed once, however many ask.</summary>
public static class InlineHash
{
    private const int LargeBytes = 256 * 1024;

    // The cache asks, and the media tools of every track of a video, all with the same source.
    private static readonly ConditionalWeakTable<InlineSource, byte[]> Large = [];

    /// <param name="destination">32 bytes.</param>
    public static void Write(InlineSource source, Span<byte> destination)
    {
        if (source.Data.Length < LargeBytes)
        {
            SHA256.HashData(source.Data.Span, destination);
        }
        else
        {
            Large.GetValue(source, static large => SHA256.HashData(large.Data.Span)).CopyTo(destination);
        }
    }
}
