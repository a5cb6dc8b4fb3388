using Sensorium.Caching.Entries;
using Sensorium.Caching.Keys;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Caching.UnitTests.Entries;

/// <summary>
/// What earlier versions stored must be read or be a miss, never be misread. A change of the form raises
/// <see cref="EntryCodec.FormatVersion"/> and adds a file; the files that are there never change.
/// </summary>
public sealed class EntrySnapshotTests
{
    private static readonly CacheKey Key = new(Modality.Image, 1, 2, 3, 4);

    [Fact]
    public void Format_1_is_read()
    {
        var expected = CacheEntry.Create(Sample.Outcome("a", 7, true, 2), true);

        var entry = EntryCodec.Decode(Read("entry-v1.bin"), Key, Sample.Description.Model);

        Assert.NotNull(entry);
        EncodedAssert.Same(expected.Media, entry.Media);
        Assert.Equal(expected.Usage, entry.Usage);
        Assert.Equal(expected.Warnings, entry.Warnings);
    }

    [Fact]
    public void Format_1_is_written()
    {
        var entry = CacheEntry.Create(Sample.Outcome("a", 7, true, 2), true);
        var stored = new byte[EntryCodec.Measure(entry)];
        EntryCodec.Encode(entry, Key, stored);

        Assert.Equal(Read("entry-v1.bin"), stored);
    }

    // Whole and with a right checksum, as a newer version would have left it.
    [Fact]
    public void A_later_format_is_a_miss() => Assert.Null(EntryCodec.Decode(Read("entry-v2.bin"), Key, Sample.Description.Model));

    private static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Snapshots", file));
}
