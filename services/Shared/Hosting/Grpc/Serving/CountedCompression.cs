using System.IO.Compression;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Http;
using Sensorium.Hosting.Policies.Bodies;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>A compression whose messages are counted while they are unpacked, not when they are already in memory.</summary>
internal sealed class CountedCompression(ICompressionProvider inner, IHttpContextAccessor contexts) : ICompressionProvider
{
    public string EncodingName => inner.EncodingName;

    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        inner.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream)
    {
        var unpacked = inner.CreateDecompressionStream(stream);
        return contexts.HttpContext?.Features.Get<CallBytes>() is { } bytes ? new UnpackingStream(unpacked, bytes) : unpacked;
    }
}
