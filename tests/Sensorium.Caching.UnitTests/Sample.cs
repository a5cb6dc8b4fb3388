using System.Numerics.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Caching.UnitTests;

/// <summary>Descriptions and results as encoders give them.</summary>
internal static class Sample
{
    public static readonly EncoderDescription Description = Describe(Modality.Image);

    public static EncoderDescription Describe(Modality modality, string revision = "revision-1") => new(
        modality,
        new ModelIdentity("mini", revision, "fp32", "space-1", "preprocessing-1", "cpu", "Apache-2.0"),
        8,
        6,
        new EncoderLimits(32, 1 << 20, 1 << 24, 77, 16, TimeSpan.FromMinutes(10)),
        [],
        [MediaTrack.Default]);

    public static MediaItem Picture(string itemId, string content) => new(itemId, new InlineSource(Bytes(content)), Modality.Image);

    public static byte[] Bytes(string content) => System.Text.Encoding.UTF8.GetBytes(content);

    /// <summary>A result that depends on the seed, with awkward values in its features.</summary>
    public static EncodeOutcome Outcome(string itemId, int seed, bool withFeatures, int segments = 1, ModelIdentity? model = null)
    {
        var random = new Random(seed);
        return new EncodeOutcome(itemId)
        {
            Encoded = new EncodedMedia(
                UnitVector(random, 8),
                [.. Enumerable.Range(0, segments).Select(i => Segment(random, i, withFeatures))],
                segments + 2,
                segments % 2 == 0,
                model ?? Description.Model),
            Warnings =
            [
                new MediaWarning(WarningReasons.TextTruncated, "Cut after 77 tokens of 99.", itemId),
                new MediaWarning(WarningReasons.UnsupportedLanguage, "Ünsupported."),
            ],
            Usage = new EncodeUsage(77 + seed, segments, seed % 2 == 0 ? null : TimeSpan.FromSeconds(1.25)),
            CacheStatus = CacheStatus.Bypassed,
            Timing = new EncodeTiming { Inference = TimeSpan.FromMilliseconds(3), BatchSize = 2 },
        };
    }

    public static float[] UnitVector(Random random, int width)
    {
        var vector = Floats(random, width);
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }

    private static EncodedSegment Segment(Random random, int index, bool withFeatures) => new(
        new TimeRange(TimeSpan.FromSeconds(index), index % 2 == 0 ? TimeSpan.FromSeconds(index + 1) : null),
        UnitVector(random, 8),
        withFeatures ? new FeatureSequence(5, 6, Floats(random, 30)) : null);

    private static float[] Floats(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(i => ((random.NextSingle() * 2) - 1) * MathF.Pow(10, (i % 7) - 3))];
}
