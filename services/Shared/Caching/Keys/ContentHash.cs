using System.Security.Cryptography;
using System.Text;
using Sensorium.Core.Media;

namespace Sensorium.Caching.Keys;

/// <summary>The identity of a medium's content: SHA-256 of its bytes, and whether they were given as text.</summary>
internal static class ContentHash
{
    public const int Bytes = 33;
    private const int StackBytes = 1024;
    private const byte FromBytes = 1;
    private const byte FromText = 2;

    /// <summary>False for content that has no identity here: URIs, which only the gateway resolves, and malformed references.</summary>
    public static bool TryCompute(MediaSource source, Span<byte> destination)
    {
        switch (source)
        {
            case InlineSource inline:
                destination[0] = FromBytes;
                InlineHash.Write(inline, destination[1..]);
                return true;
            case TextSource text:
                destination[0] = FromText;
                HashText(text.Text, destination[1..]);
                return true;
            case ReferenceSource reference:
                destination[0] = FromBytes;
                return TryParse(reference.Sha256, destination[1..]);
            default:
                return false;
        }
    }

    private static void HashText(string text, Span<byte> destination)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var bytes = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(text, bytes)], destination);
    }

    // Lower case only, as the contract says: what an encoder would refuse must not be answered here.
    private static bool TryParse(string sha256, Span<byte> destination) =>
        sha256.Length == 2 * SHA256.HashSizeInBytes
        && !sha256.AsSpan().ContainsAnyInRange('A', 'F')
        && Convert.FromHexString(sha256, destination, out _, out _) == System.Buffers.OperationStatus.Done;
}
