using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sensorium.Core.Media;

namespace Sensorium.Media.Sources;

/// <summary>Content that lies in memory. The hash is computed when it is first asked for.</summary>
public sealed class MemoryMediaContent(InlineSource source) : IMediaContent
{
    private string? _sha256;

    public MemoryMediaContent(ReadOnlyMemory<byte> data)
        : this(new InlineSource(data))
    {
    }

    public string Sha256 => _sha256 ??= Hash();

    public long SizeBytes => source.Data.Length;

    public ReadOnlyMemory<byte>? Memory => source.Data;

    public string? FilePath => null;

    public Stream OpenRead() =>
        MemoryMarshal.TryGetArray(source.Data, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(source.Data.ToArray(), writable: false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Hash()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        InlineHash.Write(source, hash);
        return Convert.ToHexStringLower(hash);
    }
}
