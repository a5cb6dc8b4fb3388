using FsCheck;
using FsCheck.Fluent;
using Sensorium.Caching.Entries;
using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Caching.UnitTests.Entries;

public sealed class EntryCodecTests
{
    private static readonly CacheKey Key = new(Modality.Image, 1, 2, 3, 4);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(true, 6)]
    public void A_decoded_entry_equals_the_stored_one_bit_for_bit(bool withFeatures, int segments)
    {
        var entry = CacheEntry.Create(Sample.Outcome("a", 7, withFeatures, segments), withFeatures);

        var decoded = EntryCodec.Decode(Encode(entry), Key, Sample.Description.Model);

        Assert.NotNull(decoded);
        EncodedAssert.Same(entry.Media, decoded.Media);
        Assert.Equal(entry.Usage, decoded.Usage);
        Assert.Equal(entry.Warnings, decoded.Warnings);
        Assert.Equal(entry.Bytes, decoded.Bytes);
    }

    [Fact]
    public void Places_of_tiles_are_kept_beside_segments_that_have_none()
    {
        var outcome = Sample.Outcome("a", 1, true, 3);
        EncodedSegment[] segments = [.. outcome.Encoded!.Segments.Select((segment, i) => i == 2 ? segment : segment with { Tile = new Tile(1, i + 1), Range = null })];
        var entry = CacheEntry.Create(outcome with { Encoded = outcome.Encoded with { Segments = segments } }, true);

        EncodedAssert.Same(entry.Media, EntryCodec.Decode(Encode(entry), Key, Sample.Description.Model)!.Media);
    }

    [Fact]
    public void How_tokens_lie_is_kept()
    {
        var outcome = Sample.Outcome("a", 1, true, 2);
        var (first, second) = (outcome.Encoded!.Segments[0], outcome.Encoded.Segments[1]);
        EncodedSegment[] segments = [first with { Features = first.Features! with { Grids = [new TokenGrid(1, 2, 2), new TokenGrid(1, 1, 1)] } }, second];
        var entry = CacheEntry.Create(outcome with { Encoded = outcome.Encoded with { Segments = segments } }, true);

        EncodedAssert.Same(entry.Media, EntryCodec.Decode(Encode(entry), Key, Sample.Description.Model)!.Media);
        Assert.Equal(2, entry.Media.Segments[0].Features!.Grids.Count);
    }

    [Fact]
    public void Features_that_float16_cannot_hold_stay_float32()
    {
        float[] values = [1e6f, -3.14159274f, float.NaN, float.PositiveInfinity];
        var outcome = Sample.Outcome("a", 1, true);
        var segment = outcome.Encoded!.Segments[0] with { Features = new FeatureSequence(2, 2, values) };
        var entry = CacheEntry.Create(outcome with { Encoded = outcome.Encoded with { Segments = [segment] } }, true);

        var decoded = EntryCodec.Decode(Encode(entry), Key, Sample.Description.Model);

        EncodedAssert.SameBits(values, entry.Media.Segments[0].Features!.Data);
        EncodedAssert.SameBits(values, decoded!.Media.Segments[0].Features!.Data);
    }

    [Fact]
    public void Rounding_keeps_embeddings_and_moves_features_by_at_most_one_part_in_2048()
    {
        var outcome = Sample.Outcome("a", 3, true, 4);
        var entry = CacheEntry.Create(outcome, true);

        EncodedAssert.SameBits(outcome.Encoded!.Embedding, entry.Media.Embedding);
        Assert.True(entry.IsSound);
        foreach (var (exact, rounded) in outcome.Encoded.Segments.Zip(entry.Media.Segments))
        {
            for (var i = 0; i < exact.Features!.Data.Length; i++)
            {
                Assert.Equal(exact.Features.Data.Span[i], rounded.Features!.Data.Span[i], Math.Abs(exact.Features.Data.Span[i] / 2048) + 1e-7f);
            }
        }
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        var stored = Encode(CacheEntry.Create(Sample.Outcome("a", 7, true, 2), true));
        for (var bit = 0; bit < stored.Length * 8; bit++)
        {
            stored[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(EntryCodec.Decode(stored, Key, Sample.Description.Model));
            stored[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Every_truncation_is_noticed()
    {
        var stored = Encode(CacheEntry.Create(Sample.Outcome("a", 7, true, 2), true));
        for (var length = 0; length < stored.Length; length++)
        {
            Assert.Null(EntryCodec.Decode(stored.AsSpan(0, length), Key, Sample.Description.Model));
        }

        Assert.Null(EntryCodec.Decode([.. stored, 0], Key, Sample.Description.Model));
    }

    [Fact]
    public void A_value_under_another_key_is_none()
    {
        var stored = Encode(CacheEntry.Create(Sample.Outcome("a", 7, true), true));

        Assert.Null(EntryCodec.Decode(stored, Key with { Part3 = 5 }, Sample.Description.Model));
    }

    [Fact]
    public void Any_bytes_are_refused_without_throwing() => Prop.ForAll<byte[]>(bytes =>
        EntryCodec.Decode(bytes, Key, Sample.Description.Model) is null).QuickCheckThrowOnFailure();

    // Damage whose checksum is right again: the lengths and counts themselves must not be believed.
    [Fact]
    public void Wild_lengths_behind_a_right_checksum_never_throw()
    {
        var random = new Random(11);
        var good = Encode(CacheEntry.Create(Sample.Outcome("a", 7, true, 3), true));
        for (var round = 0; round < 20_000; round++)
        {
            var stored = good.AsSpan(0, random.Next(52, good.Length + 1)).ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var value = random.Next(3) switch { 0 => -1, 1 => int.MaxValue, _ => random.Next() };
                BitConverter.TryWriteBytes(stored.AsSpan(random.Next(52, Math.Max(53, stored.Length - 4))), value);
            }

            BitConverter.TryWriteBytes(stored.AsSpan(16), stored.Length);
            var checksum = System.IO.Hashing.XxHash3.HashToUInt64(stored.AsSpan(16), BitConverter.ToInt64(stored));
            BitConverter.TryWriteBytes(stored.AsSpan(8), checksum);
            _ = EntryCodec.Decode(stored, Key, Sample.Description.Model);
        }
    }

    private static byte[] Encode(CacheEntry entry)
    {
        var stored = new byte[EntryCodec.Measure(entry)];
        EntryCodec.Encode(entry, Key, stored);
        return stored;
    }
}
