using System.Runtime.CompilerServices;
using Npgsql;
using Pgvector;
using Sensorium.Index.Collections;
using Sensorium.Index.Filters;

namespace Sensorium.Index.Postgres;

/// <summary>One collection: a table of items, and one of their vectors for the index. A change is a transaction.</summary>
/// <param name="key">Of its tables, never given twice.</param>
internal sealed class PostgresCollection(PostgresServers servers, CollectionDefinition definition, string key) : ICollectionItems
{
    private const int ItemsOfOneRead = 256;
    private const int MostEffort = 1_000;

    public CollectionDefinition Definition => definition;

    public string Items { get; } = $"sensorium_index.items_{key}";

    public string Vectors { get; } = $"sensorium_index.vectors_{key}";

    public Task<CollectionSize> CountAsync(CancellationToken cancellationToken) => UseAsync(
        async connection => (await connection.ReadAsync(
            $"SELECT (SELECT count(*) FROM {Items}), (SELECT count(*) FROM {Vectors})", row => new CollectionSize(row.GetInt64(0), row.GetInt64(1)), cancellationToken))[0],
        cancellationToken);

    public Task UpsertAsync(IReadOnlyList<IndexedItem> items, CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            // Of two of the same id the later one stays. In the order of ids, so that two gateways never wait for each other.
            var last = items.GroupBy(item => item.Facts.Id, StringComparer.Ordinal).Select(group => group.Last()).OrderBy(item => item.Facts.Id, StringComparer.Ordinal).ToArray();
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var item in last)
            {
                AddTo(batch, item);
            }

            await batch.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        },
        cancellationToken);

    public Task<IReadOnlyList<string>> DeleteAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => UseAsync<IReadOnlyList<string>>(
        async connection => await connection.ReadAsync($"DELETE FROM {Items} WHERE id = ANY($1) RETURNING id", row => row.GetString(0), cancellationToken, (object)ids.ToArray()),
        cancellationToken);

    public Task<IReadOnlyList<ItemMatch>> SearchAsync(VectorQuery query, CancellationToken cancellationToken) => new CandidateSearch(
        (count, token) => NearestAsync(query, count, token),
        (ids, token) => GetAsync(ids, ItemParts.Segments, token),
        token => EnumerateAsync(query.Filter, "", ItemParts.Segments, token)).RunAsync(query, cancellationToken);

    public Task<IReadOnlyList<IndexedItem>> GetAsync(IReadOnlyCollection<string> ids, ItemParts parts, CancellationToken cancellationToken) =>
        UseAsync<IReadOnlyList<IndexedItem>>(
            async connection => await connection.ReadAsync($"SELECT {Columns(parts)} FROM {Items} WHERE id = ANY($1)", Read, cancellationToken, (object)ids.ToArray()), cancellationToken);

    public async IAsyncEnumerable<IndexedItem> EnumerateAsync(
        ItemFilter? filter, string afterId, ItemParts parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var read = ItemsOfOneRead; read == ItemsOfOneRead;)
        {
            var after = afterId;
            var page = await UseAsync(
                connection => connection.ReadAsync($"SELECT {Columns(parts)} FROM {Items} WHERE id > $1 ORDER BY id LIMIT $2", Read, cancellationToken, after, ItemsOfOneRead),
                cancellationToken);
            foreach (var item in page.Where(item => filter?.Matches(item.Facts) != false))
            {
                yield return item;
            }

            read = page.Count;
            afterId = read == 0 ? afterId : page[^1].Facts.Id;
        }
    }

    private async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await servers.UseAsync(work, cancellationToken);
        }
        catch (PostgresException fault) when (PostgresServers.IsGone(fault))
        {
            throw CollectionRules.NotFound(definition.Name);
        }
    }

    private void AddTo(NpgsqlBatch batch, IndexedItem item)
    {
        var id = item.Facts.Id;
        Add(
            $"""
            INSERT INTO {Items} VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO UPDATE
            SET facts = excluded.facts, segments = excluded.segments, thumbnail = excluded.thumbnail, content = excluded.content
            """,
            id,
            FactsJson.Write(item.Facts),
            SegmentBlob.Write(item.Segments, definition.Width),
            item.Thumbnail.ToArray(),
            item.Content.ToArray());
        Add($"DELETE FROM {Vectors} WHERE id = $1", id);
        for (var i = 0; i < item.Segments.Count; i++)
        {
            Add($"INSERT INTO {Vectors} VALUES ($1, $2, $3)", id, i, new Vector(item.Segments[i].Vector));
        }

        void Add(string text, params object[] values)
        {
            var command = new NpgsqlBatchCommand(text);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            batch.BatchCommands.Add(command);
        }
    }

    private Task<(IReadOnlyCollection<string> Ids, bool AreAll)> NearestAsync(VectorQuery query, int count, CancellationToken cancellationToken) => UseAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.RunAsync($"SET LOCAL hnsw.ef_search = {Math.Min(MostEffort, Math.Max(count, servers.Effort))}", cancellationToken);
            var found = await connection.ReadAsync(
                $"SELECT id FROM {Vectors} ORDER BY vector <#> $1 LIMIT $2", row => row.GetString(0), cancellationToken, new Vector(query.Vector), count);
            var areAll = found.Count < count && found.Count >= (await connection.ReadAsync($"SELECT count(*) FROM {Vectors}", row => row.GetInt64(0), cancellationToken))[0];
            return ((IReadOnlyCollection<string>)found.ToHashSet(StringComparer.Ordinal), areAll);
        },
        cancellationToken);

    private static string Columns(ItemParts parts)
    {
        return $"id, facts, {Column(ItemParts.Segments, "segments")}, {Column(ItemParts.Thumbnail, "thumbnail")}, {Column(ItemParts.Content, "content")}";

        string Column(ItemParts part, string name) => parts.HasFlag(part) ? name : $"NULL::bytea AS {name}";
    }

    private IndexedItem Read(NpgsqlDataReader row) => new(
        FactsJson.Read(row.GetString(0), row.GetString(1)),
        row.IsDBNull(2) ? [] : SegmentBlob.Read(row.GetFieldValue<byte[]>(2), definition.Width),
        row.IsDBNull(3) ? [] : row.GetFieldValue<byte[]>(3),
        row.IsDBNull(4) ? [] : row.GetFieldValue<byte[]>(4));
}
