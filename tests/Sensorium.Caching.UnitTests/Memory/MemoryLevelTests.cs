using Sensorium.Caching.Entries;
using Sensorium.Caching.Keys;
using Sensorium.Caching.Memory;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Caching.UnitTests.Memory;

public sealed class MemoryLevelTests
{
    private static readonly CacheEntry Entry = CacheEntry.Create(Sample.Outcome("a", 1, true), true);

    [Fact]
    public void The_least_recently_used_leaves_first()
    {
        var level = new MemoryLevel(Entry.Bytes * 10);
        for (ulong i = 0; i < 10; i++)
        {
            Assert.True(level.Store(Key(i), Entry, replace: true));
        }

        Assert.NotNull(level.Find(Key(0)));

        level.Store(Key(10), Entry, replace: true);

        Assert.NotNull(level.Find(Key(0)));
        Assert.Null(level.Find(Key(1)));
        Assert.NotNull(level.Find(Key(10)));
        Assert.Equal(1, level.Evictions);
        Assert.Equal(Entry.Bytes * 10, level.Bytes);
    }

    [Fact]
    public void Bytes_never_exceed_the_capacity_and_always_match_the_entries()
    {
        var random = new Random(5);
        var level = new MemoryLevel(50_000);
        for (var i = 0; i < 2_000; i++)
        {
            var entry = CacheEntry.Create(Sample.Outcome("a", i, random.Next(2) == 0, random.Next(1, 9)), true);
            level.Store(Key((ulong)random.Next(200)), entry, replace: random.Next(2) == 0);
            Assert.InRange(level.Bytes, 0, 50_000);
        }

        Assert.Equal(level.Bytes, Enumerable.Range(0, 200).Sum(i => level.Find(Key((ulong)i))?.Bytes ?? 0));
        Assert.True(level.Evictions > 0);
    }

    [Fact]
    public void An_entry_is_replaced_only_if_asked()
    {
        var level = new MemoryLevel(1 << 20);
        var other = CacheEntry.Create(Sample.Outcome("a", 2, true), true);
        level.Store(Key(1), Entry, replace: true);

        level.Store(Key(1), other, replace: false);
        Assert.Same(Entry, level.Find(Key(1)));

        level.Store(Key(1), other, replace: true);
        Assert.Same(other, level.Find(Key(1)));
        Assert.Equal(other.Bytes, level.Bytes);
    }

    [Fact]
    public void Without_memory_nothing_is_kept()
    {
        var level = new MemoryLevel(0);

        Assert.False(level.Store(Key(1), Entry, replace: true));
        Assert.Null(level.Find(Key(1)));
    }

    private static CacheKey Key(ulong number) => new(Modality.Image, number, 0, 0, 0);
}
