using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Index.Collections;
using Sensorium.Index.Embedded;
using Sensorium.Index.Metadata;
using Xunit;

namespace Sensorium.Index.UnitTests;

public sealed class EmbeddedStoreTests : StoreTests, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-index-");
    private EmbeddedStore _store;

    public EmbeddedStoreTests() => _store = Open();

    internal override ICollectionStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_put_in_is_there_after_a_restart()
    {
        var random = new Random(3);
        var collection = await CreateAsync();
        await collection.UpsertAsync(
            [.. Enumerable.Range(0, 50).Select(i => Sample.Item(Sample.Facts($"i{i}", Sample.Metadata(("n", MetadataValue.Of(i)))), Sample.Random(random), Sample.Random(random)))], TestEnd);
        await collection.DeleteAsync(["i7"], TestEnd);
        var query = Sample.Query(Sample.Random(random), filter: "n < 40");
        var before = await collection.SearchAsync(query, TestEnd);

        Restart();

        var after = await (await Store.FindAsync("c", TestEnd))!.SearchAsync(query, TestEnd);
        Assert.Equal(before, after);
        Assert.Equal(new CollectionSize(49, 98), await (await Store.FindAsync("c", TestEnd))!.CountAsync(TestEnd));
        Assert.Equal(Sample.Definition(), (await Store.ListAsync(TestEnd)).Single());
    }

    [Fact]
    public async Task A_change_that_fails_changes_nothing()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([Sample.Item("x", Sample.Axis(0))], TestEnd);
        Execute("CREATE TRIGGER refuse BEFORE INSERT ON items WHEN new.id = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END");

        var error = await Assert.ThrowsAsync<SensoriumException>(() => collection.UpsertAsync([Sample.Item("x", Sample.Axis(1)), Sample.Item("bad", Sample.Axis(2))], TestEnd));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.IndexUnavailable), (error.Code, error.Reason));
        Assert.DoesNotContain(_folder.FullName, error.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await collection.SearchAsync(Sample.Query(Sample.Axis(0)), TestEnd)).Single().Score, 1e-6);
        Restart();
        Assert.Equal(1, (await (await Store.FindAsync("c", TestEnd))!.SearchAsync(Sample.Query(Sample.Axis(0)), TestEnd)).Single().Score, 1e-6);
    }

    [Fact]
    public async Task A_folder_belongs_to_one_process()
    {
        await Store.ListAsync(TestEnd);
        using var second = Open();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => second.ListAsync(TestEnd));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.IndexUnavailable), (error.Code, error.Reason));
        Assert.Contains("belongs to another process", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_said()
    {
        using var store = new EmbeddedStore(Options.Create(new IndexOptions { Folder = "/proc/none/index" }));

        var error = await Assert.ThrowsAsync<SensoriumException>(() => store.ListAsync(TestEnd));

        Assert.Equal(ErrorReasons.IndexUnavailable, error.Reason);
        Assert.Contains("Sensorium:Index:Folder", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/proc", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_deleted_is_in_no_file()
    {
        var collection = await CreateAsync();
        byte[] picture = [.. Enumerable.Repeat((byte)0xA7, 5000)], words = "a secret that nobody shall read again"u8.ToArray();
        await collection.UpsertAsync([new IndexedItem(Sample.Facts("x"), [new ItemSegment(null, default, Sample.Axis(0))], picture, words), Sample.Item("y", Sample.Axis(1))], TestEnd);
        await collection.GetAsync(["x"], ItemParts.Thumbnail, TestEnd);
        Assert.True(IsAnywhere(picture[..100]) && IsAnywhere(words));

        await collection.DeleteAsync(["x"], TestEnd);

        Assert.False(IsAnywhere(picture[..100]) || IsAnywhere(words));
        Assert.Equal(["y"], (await collection.GetAsync(["x", "y"], ItemParts.Thumbnail, TestEnd)).Select(item => item.Facts.Id));
    }

    [Fact]
    public async Task A_file_is_little_larger_than_its_vectors()
    {
        const int Width = 512, Items = 400;
        var random = new Random(1);
        var collection = (await Store.CreateAsync(Sample.Definition("wide", Width), TestEnd))!;
        await collection.UpsertAsync([.. Enumerable.Range(0, Items).Select(i => Sample.Item($"i{i}", Sample.Random(random, Width)))], TestEnd);

        Restart();

        Assert.InRange(new FileInfo(Path.Combine(_folder.FullName, "wide.db")).Length, Items * Width * sizeof(float), Items * Width * sizeof(float) * 1.4);
    }

    [Fact]
    public async Task A_file_that_was_never_finished_is_no_collection_and_gives_way_to_one()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder.FullName, "c.db"), [], TestEnd);

        Assert.Null(await Store.FindAsync("c", TestEnd));
        Assert.Empty(await Store.ListAsync(TestEnd));
        Assert.NotNull(await CreateAsync());
    }

    [Fact]
    public async Task A_damaged_file_is_said_and_left_alone()
    {
        var path = Path.Combine(_folder.FullName, "c.db");
        await File.WriteAllBytesAsync(path, [.. Enumerable.Repeat((byte)'x', 5000)], TestEnd);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => Store.CreateAsync(Sample.Definition(), TestEnd));

        Assert.Equal(ErrorReasons.IndexUnavailable, error.Reason);
        Assert.Contains("it is damaged", error.Message, StringComparison.Ordinal);
        Assert.Equal(5000, new FileInfo(path).Length);
    }

    [Fact]
    public async Task A_file_of_another_format_is_not_read()
    {
        await CreateAsync();
        _store.Dispose();
        Execute("UPDATE collection SET value = '9' WHERE key = 'format'");
        _store = Open();

        Assert.Contains("format 9", (await Assert.ThrowsAsync<SensoriumException>(() => Store.FindAsync("c", TestEnd))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_that_would_fill_the_memory_are_refused_and_what_is_there_stays()
    {
        _store.Dispose();
        _store = Open(maxVectorBytes: 5 << 20);
        var collection = await CreateAsync();
        await collection.UpsertAsync([Sample.Item("x", Sample.Axis(0))], TestEnd);
        var vectors = Enumerable.Repeat(Sample.Axis(1), 40_000).ToArray();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => collection.UpsertAsync([Sample.Item("y", vectors)], TestEnd));

        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.IndexFull), (error.Code, error.Reason));
        Assert.Equal(new CollectionSize(1, 1), await collection.CountAsync(TestEnd));
    }

    [Fact]
    public async Task Who_still_holds_a_dropped_collection_is_told()
    {
        var collection = await CreateAsync();
        await Store.DropAsync("c", TestEnd);

        Assert.Equal(ErrorReasons.CollectionNotFound, (await Assert.ThrowsAsync<SensoriumException>(() => collection.CountAsync(TestEnd))).Reason);
        Assert.Equal(ErrorReasons.CollectionNotFound, (await Assert.ThrowsAsync<SensoriumException>(() => collection.DeleteAsync(["x"], TestEnd))).Reason);
        Assert.Equal(["lock"], _folder.EnumerateFiles().Select(file => file.Name));
    }

    private EmbeddedStore Open(long maxVectorBytes = 1 << 30) =>
        new(Options.Create(new IndexOptions { Folder = _folder.FullName, MaxVectorBytes = maxVectorBytes }));

    private void Restart()
    {
        _store.Dispose();
        _store = Open();
    }

    private bool IsAnywhere(byte[] bytes) => _folder.EnumerateFiles("c.db*").Any(path =>
    {
        using var file = new FileStream(path.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var read = new byte[file.Length];
        file.ReadExactly(read);
        return read.AsSpan().IndexOf(bytes) >= 0;
    });

    private void Execute(string text)
    {
        using var connection = SqliteSchema.Open(Path.Combine(_folder.FullName, "c.db"), SqliteOpenMode.ReadWrite);
        connection.Execute(text);
    }
}
