using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Sensorium.Index.Collections;
using Sensorium.Index.Filters;

namespace Sensorium.Index.Embedded;

/// <summary>One collection: SQLite keeps it, memory answers searches. A change is in the file before it is in memory.</summary>
internal sealed class EmbeddedCollection : ICollectionItems, IDisposable
{
    private const int ItemsOfOneRead = 256;

    private readonly string _path;
    private readonly MemoryBudget _budget;
    private readonly SqliteConnection _writer;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly MemoryIndex _index;
    private bool _isClosed;

    private EmbeddedCollection(string path, SqliteConnection writer, CollectionDefinition definition, MemoryBudget budget)
    {
        (_path, _writer, _budget, Definition) = (path, writer, budget, definition);
        _index = new MemoryIndex(definition.Width);
    }

    public CollectionDefinition Definition { get; }

    /// <summary>Null if the file was never finished.</summary>
    public static EmbeddedCollection? Open(string path, MemoryBudget budget) => SqliteFaults.Translate(path, () =>
    {
        var writer = SqliteSchema.Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            if (SqliteSchema.Read(writer) is not { } definition)
            {
                writer.Dispose();
                return null;
            }

            var collection = new EmbeddedCollection(path, writer, definition, budget);
            collection.Load();
            return collection;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    });

    public static EmbeddedCollection Create(string path, CollectionDefinition definition, MemoryBudget budget) => SqliteFaults.Translate(path, () =>
    {
        var writer = SqliteSchema.Open(path, SqliteOpenMode.ReadWriteCreate);
        SqliteSchema.Create(writer, definition);
        return new EmbeddedCollection(path, writer, definition, budget);
    });

    public Task<CollectionSize> CountAsync(CancellationToken cancellationToken) => Task.FromResult(Read(() => _index.Size));

    public Task UpsertAsync(IReadOnlyList<IndexedItem> items, CancellationToken cancellationToken) => WriteAsync(
        writer =>
        {
            _budget.Check(items.Sum(item => (long)item.Segments.Count * Definition.Width * sizeof(float)));
            foreach (var item in items)
            {
                writer.Put(item);
            }

            return items;
        },
        put =>
        {
            foreach (var item in put)
            {
                _index.Put(item.Facts, item.Segments);
            }
        },
        cancellationToken);

    public Task<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => WriteAsync<IReadOnlyList<string>>(
        writer => [.. ids.Where(writer.Delete)],
        deleted =>
        {
            foreach (var id in deleted)
            {
                _index.Remove(id);
            }

            // Nobody reads now, so that the log is emptied: what was deleted is in no file any more.
            _writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        },
        cancellationToken);

    public Task<IReadOnlyList<ItemMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken) =>
        Task.Run(() => Read<IReadOnlyList<ItemMatch>>(() => _index.Search(query, cancellationToken)), cancellationToken);

    public Task<IReadOnlyList<IndexedItem>> GetAsync(IReadOnlyCollection<string> ids, ItemParts parts, CancellationToken cancellationToken)
    {
        if (parts == ItemParts.None)
        {
            return Task.FromResult(Read<IReadOnlyList<IndexedItem>>(() =>
                [.. ids.Select(_index.Find).OfType<ItemFacts>().Select(facts => new IndexedItem(facts, [], default, default))]));
        }

        return Task.FromResult(Query<IReadOnlyList<IndexedItem>>(reader => [.. ids.Select(id => reader.Find(id, parts)).OfType<IndexedItem>()]));
    }

    public async IAsyncEnumerable<IndexedItem> EnumerateAsync(
        ItemFilter? filter, string afterId, ItemParts parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var read = ItemsOfOneRead; read == ItemsOfOneRead;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = Query<List<IndexedItem>>(reader => [.. reader.After(afterId, ItemsOfOneRead, ItemParts.None)]);
            foreach (var item in page.Where(item => filter is null || filter.Matches(item.Facts)))
            {
                // What is large is read only of those that fit. An item that has gone since is left out.
                if ((parts == ItemParts.None ? item : Query(reader => reader.Find(item.Facts.Id, parts))) is { } whole)
                {
                    yield return whole;
                }
            }

            read = page.Count;
            afterId = read == 0 ? afterId : page[^1].Facts.Id;
        }
    }

    /// <summary>Lets what runs come to its end; what comes later finds no collection.</summary>
    public void Dispose()
    {
        _writing.Wait();
        try
        {
            _gate.EnterWriteLock();
            _isClosed = true;
            _gate.ExitWriteLock();
            _budget.Release(this);
            _writer.Dispose();
            SqliteConnection.ClearPool(_writer);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Load()
    {
        foreach (var item in new ItemReader(_writer).All())
        {
            _index.Put(item.Facts, item.Segments);
            _budget.Set(this, _index.Bytes);
        }
    }

    private async Task<T> WriteAsync<T>(Func<ItemWriter, T> write, Action<T> apply, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            CheckOpen();
            return SqliteFaults.Translate(_path, () =>
            {
                using var writer = new ItemWriter(_writer);
                var written = write(writer);
                writer.Commit();
                Apply(() => apply(written));
                return written;
            });
        }
        finally
        {
            _writing.Release();
        }
    }

    private void Apply(Action apply)
    {
        _gate.EnterWriteLock();
        try
        {
            apply();
            _budget.Set(this, _index.Bytes);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    private T Read<T>(Func<T> read)
    {
        _gate.EnterReadLock();
        try
        {
            CheckOpen();
            return read();
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private T Query<T>(Func<ItemReader, T> query) => Read(() => SqliteFaults.Translate(_path, () =>
    {
        using var connection = SqliteSchema.Open(_path, SqliteOpenMode.ReadWrite);
        return query(new ItemReader(connection));
    }));

    private void CheckOpen()
    {
        if (_isClosed)
        {
            throw CollectionRules.NotFound(Definition.Name);
        }
    }
}
