using Npgsql;
using Sensorium.Index.Collections;

namespace Sensorium.Index.Postgres;

/// <summary>Collections in PostgreSQL with the extension pgvector. Any number of gateways share them.</summary>
internal sealed class PostgresStore(PostgresServers servers) : ICollectionStore
{
    public const string StoreName = "postgres";

    // Wider vectors have no index; they are compared one by one.
    private const int WidestIndexed = 2_000;

    public string Name => StoreName;

    public Task<IReadOnlyList<CollectionDefinition>> ListAsync(CancellationToken cancellationToken) => servers.UseAsync<IReadOnlyList<CollectionDefinition>>(
        async connection => await connection.ReadAsync(
            "SELECT name, definition FROM sensorium_index.collections ORDER BY name COLLATE \"C\"",
            row => FactsJson.ReadDefinition(row.GetString(0), row.GetString(1)).Definition,
            cancellationToken),
        cancellationToken);

    public async Task<ICollectionItems?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = await servers.UseAsync(
            connection => connection.ReadAsync("SELECT definition FROM sensorium_index.collections WHERE name = $1", row => row.GetString(0), cancellationToken, name), cancellationToken);
        return found.Count == 0 ? null : Open(name, found[0]);
    }

    public Task<ICollectionItems?> CreateAsync(CollectionDefinition definition, CancellationToken cancellationToken) => servers.UseAsync<ICollectionItems?>(
        async connection =>
        {
            var text = FactsJson.Write(definition, Guid.NewGuid().ToString("N"));
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (await connection.RunAsync("INSERT INTO sensorium_index.collections VALUES ($1, $2) ON CONFLICT DO NOTHING", cancellationToken, definition.Name, text) == 0)
            {
                return null;
            }

            var collection = Open(definition.Name, text);
            await connection.RunAsync(TablesOf(collection), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return collection;
        },
        cancellationToken);

    public Task<bool> DropAsync(string name, CancellationToken cancellationToken) => servers.UseAsync(
        async connection =>
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var dropped = await connection.ReadAsync(
                "DELETE FROM sensorium_index.collections WHERE name = $1 RETURNING definition", row => row.GetString(0), cancellationToken, name);
            foreach (var text in dropped)
            {
                var collection = Open(name, text);
                await connection.RunAsync($"DROP TABLE {collection.Vectors}, {collection.Items}", cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return dropped.Count > 0;
        },
        cancellationToken);

    private PostgresCollection Open(string name, string text)
    {
        var (definition, key) = FactsJson.ReadDefinition(name, text);
        return new PostgresCollection(servers, definition, key);
    }

    private static string TablesOf(PostgresCollection collection)
    {
        var width = collection.Definition.Width;
        var index = width > WidestIndexed ? "" : $"CREATE INDEX ON {collection.Vectors} USING hnsw (vector vector_ip_ops);";
        return $"""
            CREATE TABLE {collection.Items} (
                id text COLLATE "C" PRIMARY KEY, facts text NOT NULL, segments bytea NOT NULL, thumbnail bytea NOT NULL, content bytea NOT NULL);
            CREATE TABLE {collection.Vectors} (
                id text COLLATE "C" NOT NULL REFERENCES {collection.Items} ON DELETE CASCADE, ordinal int NOT NULL, vector vector({width}) NOT NULL,
                PRIMARY KEY (id, ordinal));
            {index}
            """;
    }
}
