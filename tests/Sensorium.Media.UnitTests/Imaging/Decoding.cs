using Sensorium.Core.Media;
using Sensorium.Media.Imaging;

namespace Sensorium.Media.UnitTests.Imaging;

/// <summary>Decodes with the decoder of this build.</summary>
internal static class Decoding
{
    public static readonly ImageLimits Limits = new ImagingOptions().Limits;

    /// <summary>Pictures of one test do not wait for those of another.</summary>
    public static readonly DecodingBudget Unbounded = new(long.MaxValue);

    public static RgbImage Decode(byte[] data, ImageLimits? limits = null) => Decode(MediaServices.Bytes(data), limits);

    public static RgbImage Decode(IMediaContent content, ImageLimits? limits = null, CancellationToken cancellationToken = default) =>
        new ImageDecoder(Unbounded).Decode(content, limits ?? Limits, 0, 0, cancellationToken);
}
