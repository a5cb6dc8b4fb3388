using System.Runtime.InteropServices;
using Sensorium.Core.Encoding;
using Xunit;

namespace Sensorium.Caching.UnitTests;

/// <summary>Compares results bit for bit.</summary>
internal static class EncodedAssert
{
    public static void Same(EncodedMedia expected, EncodedMedia actual)
    {
        SameBits(expected.Embedding, actual.Embedding);
        Assert.Equal(expected.SegmentsAvailable, actual.SegmentsAvailable);
        Assert.Equal(expected.Truncated, actual.Truncated);
        Assert.Equal(expected.Model, actual.Model);
        Assert.Equal(expected.Segments.Count, actual.Segments.Count);
        foreach (var (one, other) in expected.Segments.Zip(actual.Segments))
        {
            Assert.Equal((one.Range, one.Tile), (other.Range, other.Tile));
            SameBits(one.Embedding, other.Embedding);
            Assert.Equal(one.Features?.Tokens, other.Features?.Tokens);
            Assert.Equal(one.Features?.Width, other.Features?.Width);
            Assert.Equal(one.Features?.Grids, other.Features?.Grids);
            SameBits(one.Features?.Data ?? default, other.Features?.Data ?? default);
        }
    }

    public static void SameBits(ReadOnlyMemory<float> expected, ReadOnlyMemory<float> actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected.Span).ToArray(), MemoryMarshal.Cast<float, int>(actual.Span).ToArray());
}
