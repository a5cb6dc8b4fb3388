using System.Runtime.InteropServices;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Media;

namespace Sensorium.Core.UnitTests.Diffusion.Fakes;

/// <summary>Pictures are their numbers.</summary>
internal sealed class FakeCodec : IPictureCodec
{
    public Task<float[]> ReadAsync(MediaItem item, int width, int height, CancellationToken cancellationToken) =>
        Task.FromResult(MemoryMarshal.Cast<byte, float>(((InlineSource)item.Source).Data.Span).ToArray());

    public byte[] Write(ReadOnlySpan<float> pixels, int width, int height) => MemoryMarshal.AsBytes(pixels).ToArray();
}
