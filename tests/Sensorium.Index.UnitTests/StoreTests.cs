using Sensorium.Core.Media;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;
using Xunit;

namespace Sensorium.Index.UnitTests;

/// <summary>What holds in every store.</summary>
public abstract class StoreTests
{
    internal abstract ICollectionStore Store { get; }

    protected static CancellationToken TestEnd => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Collections_are_made_found_listed_and_dropped()
    {
        Assert.Null(await Store.FindAsync("b", TestEnd));
        Assert.NotNull(await Store.CreateAsync(Sample.Definition("b"), TestEnd));
        Assert.NotNull(await Store.CreateAsync(Sample.Definition("a", width: 3), TestEnd));
        Assert.Null(await Store.CreateAsync(Sample.Definition("b"), TestEnd));

        Assert.Equal([Sample.Definition("a", width: 3), Sample.Definition("b")], await Store.ListAsync(TestEnd));
        Assert.Equal(Sample.Definition("b"), (await Store.FindAsync("b", TestEnd))!.Definition);
        Assert.True(await Store.DropAsync("b", TestEnd));
        Assert.False(await Store.DropAsync("b", TestEnd));
        Assert.Null(await Store.FindAsync("b", TestEnd));
        Assert.Equal(["a"], (await Store.ListAsync(TestEnd)).Select(definition => definition.Name));
    }

    [Fact]
    public async Task One_that_is_made_again_is_empty()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([Sample.Item("x", Sample.Axis(0))], TestEnd);
        await Store.DropAsync("c", TestEnd);

        collection = await CreateAsync();

        Assert.Equal(default, await collection.CountAsync(TestEnd));
        Assert.Empty(await collection.SearchAsync(Sample.Query(Sample.Axis(0)), TestEnd));
    }

    /// <summary>What a caller writes is a value in every store, and never a part of a command.</summary>
    [Theory]
    [InlineData("'; DROP TABLE items; --")]
    [InlineData("\" OR \"\" = \"")]
    [InlineData("x' OR '1'='1")]
    [InlineData("$1 {0} @id :id ?")]
    [InlineData("*2 $3 DEL $1 x")]
    [InlineData("%_*?[a-z]\\")]
    [InlineData("} // {{c}}:ids")]
    public async Task Ids_and_words_of_a_caller_are_never_commands(string words)
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync(
            [
                Sample.Item(Sample.Facts(words, Sample.Metadata(("said", MetadataValue.Of(words)))), Sample.Axis(0)),
                Sample.Item(Sample.Facts("other", Sample.Metadata(("said", MetadataValue.Of("nothing")))), Sample.Axis(0, 0.1f)),
            ],
            TestEnd);
        var filter = $"said = \"{words.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

        Assert.Equal([words], (await collection.SearchAsync(Sample.Query(Sample.Axis(0), filter: filter), TestEnd)).Select(match => match.Facts.Id));
        Assert.Equal([words], (await collection.GetAsync([words], ItemParts.None, TestEnd)).Select(item => item.Facts.Id));
        Assert.Equal([words], await collection.DeleteAsync([words], TestEnd));
        Assert.Equal(new CollectionSize(1, 1), await collection.CountAsync(TestEnd));
    }

    [Fact]
    public async Task An_item_comes_back_as_it_was_put_in()
    {
        var collection = await CreateAsync();
        var facts = new ItemFacts(
            "path/to/ü.mp4", Modality.Video, "video/mp4", new string('b', 64), 1L << 40, TimeSpan.FromSeconds(12.5), "words",
            Sample.Metadata(("n", MetadataValue.Of(1.5))), new DateTimeOffset(2026, 1, 1, 0, 0, 1, TimeSpan.Zero));
        ItemSegment[] segments =
        [
            new(new TimeRange(TimeSpan.Zero, TimeSpan.FromSeconds(4)), MediaTrack.Frames, Sample.Axis(1)),
            new(new TimeRange(TimeSpan.FromSeconds(4), null), MediaTrack.Audio, Sample.Axis(2)),
            new(null, MediaTrack.Default, Sample.Axis(3)),
        ];

        await collection.UpsertAsync([new IndexedItem(facts, segments, new byte[] { 1, 2 }, new byte[] { 3 })], TestEnd);

        var item = Assert.Single(await collection.GetAsync(["path/to/ü.mp4", "none"], ItemParts.Segments | ItemParts.Thumbnail | ItemParts.Content, TestEnd));
        Assert.Equal(facts, item.Facts);
        Assert.Equal(segments.Select(segment => (segment.Range, segment.Track)), item.Segments.Select(segment => (segment.Range, segment.Track)));
        Assert.All(segments.Zip(item.Segments), pair => Assert.Equal(pair.First.Vector.ToArray(), pair.Second.Vector.ToArray()));
        Assert.Equal<byte>([1, 2], item.Thumbnail.ToArray());
        Assert.Equal<byte>([3], item.Content.ToArray());
        var bare = Assert.Single(await collection.GetAsync([facts.Id], ItemParts.None, TestEnd));
        Assert.Equal((facts, 0, 0, 0), (bare.Facts, bare.Segments.Count, bare.Thumbnail.Length, bare.Content.Length));
        Assert.Equal(new CollectionSize(1, 3), await collection.CountAsync(TestEnd));
    }

    [Fact]
    public async Task An_item_is_found_by_its_best_segment_once()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([Sample.Item("a", Sample.Axis(0), Sample.Axis(1, 0.1f), Sample.Axis(4)), Sample.Item("b", Sample.Axis(1, 0.5f))], TestEnd);

        var found = await collection.SearchAsync(Sample.Query(Sample.Axis(1)), TestEnd);

        Assert.Equal(["a", "b"], found.Select(match => match.Facts.Id));
        Assert.Equal((MathF.Sqrt(0.99f), 1, MediaTrack.Frames), (found[0].Score, found[0].Range!.Value.Start.TotalSeconds, found[0].Track));
        Assert.Equal(MathF.Sqrt(0.75f), found[1].Score, 1e-6);
    }

    [Fact]
    public async Task A_search_skips_takes_filters_and_bounds()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync(
            [.. Enumerable.Range(0, 8).Select(i => Sample.Item(Sample.Facts($"i{i}", Sample.Metadata(("n", MetadataValue.Of(i)))), Sample.Axis(0, i / 10f)))], TestEnd);

        Assert.Equal(["i2", "i3", "i4"], await IdsAsync(Sample.Query(Sample.Axis(0), take: 3, skip: 2)));
        Assert.Equal(["i1", "i3"], await IdsAsync(Sample.Query(Sample.Axis(0), take: 2, filter: "n in (1, 3, 7)")));
        Assert.Equal(["i7"], await IdsAsync(Sample.Query(Sample.Axis(0), take: 2, skip: 2, filter: "n in (1, 3, 7)")));
        Assert.Equal(["i0", "i1", "i2"], await IdsAsync(Sample.Query(Sample.Axis(0), minScore: 0.97f)));
        Assert.Empty(await IdsAsync(Sample.Query(Sample.Axis(0), filter: "n > 100")));

        async Task<IEnumerable<string>> IdsAsync(VectorQuery query) => (await collection.SearchAsync(query, TestEnd)).Select(match => match.Facts.Id);
    }

    [Fact]
    public async Task Equals_are_ordered_by_their_ids()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([Sample.Item("b", Sample.Axis(0)), Sample.Item("a", Sample.Axis(0)), Sample.Item("c", Sample.Axis(0))], TestEnd);

        Assert.Equal(["a", "b"], (await collection.SearchAsync(Sample.Query(Sample.Axis(0), take: 2), TestEnd)).Select(match => match.Facts.Id));
        Assert.Equal(["b", "c"], (await collection.SearchAsync(Sample.Query(Sample.Axis(0), take: 2, skip: 1), TestEnd)).Select(match => match.Facts.Id));
    }

    [Fact]
    public async Task An_item_that_is_put_again_is_replaced_whole()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([Sample.Item("x", Sample.Axis(0), Sample.Axis(1)), Sample.Item("y", Sample.Axis(2))], TestEnd);

        await collection.UpsertAsync([Sample.Item("x", Sample.Axis(5)), Sample.Item("z", Sample.Axis(6)), Sample.Item("x", Sample.Axis(3))], TestEnd);

        Assert.Equal(new CollectionSize(3, 3), await collection.CountAsync(TestEnd));
        Assert.Equal(1, (await collection.SearchAsync(Sample.Query(Sample.Axis(3), take: 1), TestEnd)).Single().Score, 1e-6);
        Assert.Empty(await collection.SearchAsync(Sample.Query(Sample.Axis(0), minScore: 0.1f), TestEnd));
    }

    [Fact]
    public async Task Deleted_items_are_gone()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([.. Enumerable.Range(0, 6).Select(i => Sample.Item($"i{i}", Sample.Axis(i), Sample.Axis(i, 0.2f)))], TestEnd);

        Assert.Equal(["i1", "i4"], (await collection.DeleteAsync(["i1", "none", "i4"], TestEnd)).Order(StringComparer.Ordinal));

        Assert.Equal(new CollectionSize(4, 8), await collection.CountAsync(TestEnd));
        Assert.Equal(["i5", "i3", "i0", "i2"], (await Task.WhenAll(new[] { 5, 3, 0, 2 }.Select(async i =>
            (await collection.SearchAsync(Sample.Query(Sample.Axis(i), take: 1), TestEnd)).Single().Facts.Id))));
        Assert.Empty(await collection.SearchAsync(Sample.Query(Sample.Axis(1), minScore: 0.9f), TestEnd));
    }

    [Fact]
    public async Task All_items_are_enumerated_in_the_order_of_their_ids()
    {
        var collection = await CreateAsync();
        var ids = Enumerable.Range(0, 600).Select(i => $"{i * 7919 % 600:000}").ToArray();
        await collection.UpsertAsync([.. ids.Select(id => Sample.Item(Sample.Facts(id, Sample.Metadata(("odd", MetadataValue.Of(id[2] % 2 == 1)))), Sample.Axis(0)))], TestEnd);

        var all = await collection.EnumerateAsync(null, "", ItemParts.Segments, TestEnd).ToListAsync(TestEnd);
        var odd = await collection.EnumerateAsync(Filters.ItemFilter.Parse("odd = true", "filter"), "100", ItemParts.None, TestEnd).Take(3).ToListAsync(TestEnd);

        Assert.Equal(ids.Order(StringComparer.Ordinal), all.Select(item => item.Facts.Id));
        Assert.All(all, item => Assert.Single(item.Segments));
        Assert.Equal(["101", "103", "105"], odd.Select(item => item.Facts.Id));
    }

    [Fact]
    public async Task What_is_found_is_what_comparing_with_everything_finds()
    {
        var random = new Random(7);
        var collection = await CreateAsync();
        var items = Enumerable.Range(0, 400)
            .Select(i => Sample.Item($"i{i}", [.. Enumerable.Range(0, 1 + (i % 3)).Select(_ => Sample.Random(random))])).ToList();
        await collection.UpsertAsync(items, TestEnd);
        await collection.DeleteAsync([.. items.Where((_, i) => i % 5 == 0).Select(item => item.Facts.Id)], TestEnd);
        items.RemoveAll(item => int.Parse(item.Facts.Id[1..], System.Globalization.CultureInfo.InvariantCulture) % 5 == 0);
        for (var i = 0; i < 20; i++)
        {
            var query = Sample.Random(random);
            var expected = items
                .OrderByDescending(item => item.Segments.Max(segment => Core.Encoding.UnitVectors.Cosine(segment.Vector.Span, query)))
                .Take(10).Select(item => item.Facts.Id);

            Assert.Equal(expected, (await collection.SearchAsync(Sample.Query(query), TestEnd)).Select(match => match.Facts.Id));
        }
    }

    protected async Task<ICollectionItems> CreateAsync() => (await Store.CreateAsync(Sample.Definition(), TestEnd))!;
}
