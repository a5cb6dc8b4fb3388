using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sensorium.Core.Media;

namespace Sensorium.Media.Sources;

/// <summary>Content that lies in memory. The hash is computed when it is first asked for.</summary>
public sealed class MemoryMediaContent(ReadOnlyMemory<byte> data) : IMediaContent
{
    private string? _sha256;

    public string Sha256 => _sha256 ??= Convert.ToHexStringLower(SHA256.HashData(data.Span));

    public long SizeBytes => data.Length;

    public ReadOnlyMemory<byte>? Memory => data;

    public string? FilePath => null;

    public Stream OpenRead() =>
        MemoryMarshal.TryGetArray(data, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(data.ToArray(), writable: false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
