namespace Sensorium.Core.Media;

/// <summary>The content of a medium, readable any number of times until disposed.</summary>
public interface IMediaContent : IAsyncDisposable
{
    /// <summary>SHA-256 of the content, lower-case hexadecimal.</summary>
    string Sha256 { get; }

    long SizeBytes { get; }

    /// <summary>The bytes, where they are in memory; null where they lie in a file.</summary>
    ReadOnlyMemory<byte>? Memory { get; }

    /// <summary>Path of the file, where the content lies in one; null where it is in memory.</summary>
    string? FilePath { get; }

    /// <summary>A new seekable stream at position 0.</summary>
    Stream OpenRead();
}
