using Sensorium.Core.Encoding;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.UnitTests;

/// <summary>Values of the domain to map and to serve.</summary>
internal static class Samples
{
    public static ModelIdentity Model { get; } = new("pack", "rev", "fp32", "space", "digest", "cpu", "Apache-2.0");

    public static EncoderDescription Description(Modality modality) => new(
        modality, Model, 2, 3, new EncoderLimits(16, 1 << 20, 1_000_000, 64, 8, TimeSpan.FromSeconds(90)), ["en"], [MediaTrack.Default, MediaTrack.Audio]);

    public static EncodedMedia Encoded(float first = 0.6f) => new(
        new[] { first, 0.8f },
        [new EncodedSegment(new TimeRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2.5)), new[] { 1f, 0f }, new FeatureSequence(2, 3, new float[] { 1, 2, 3, 4, 5, 6 }) { Grids = [new TokenGrid(1, 2, 1)] }) { Tile = new Tile(2, 3) }],
        SegmentsAvailable: 7,
        Truncated: true,
        Model);
}
