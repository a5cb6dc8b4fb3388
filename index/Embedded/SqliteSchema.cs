using System.Globalization;
using Microsoft.Data.Sqlite;
using Sensorium.Index.Collections;

namespace Sensorium.Index.Embedded;

/// <summary>The tables of one collection's file.</summary>
internal static class SqliteSchema
{
    private const string Format = "1";

    // What is large has a table of its own, so that reading all items does not read past it.
    private const string Tables = """
        CREATE TABLE collection (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE items (
            row INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            modality INTEGER,
            media_type TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            size_bytes INTEGER NOT NULL,
            duration_ticks INTEGER,
            text TEXT NOT NULL,
            metadata TEXT NOT NULL,
            indexed_at INTEGER NOT NULL);
        CREATE TABLE segments (
            item INTEGER NOT NULL REFERENCES items (row) ON DELETE CASCADE,
            ordinal INTEGER NOT NULL,
            start_ticks INTEGER,
            end_ticks INTEGER,
            track INTEGER NOT NULL,
            vector BLOB NOT NULL,
            PRIMARY KEY (item, ordinal));
        CREATE TABLE contents (
            item INTEGER PRIMARY KEY REFERENCES items (row) ON DELETE CASCADE,
            thumbnail BLOB,
            content BLOB);
        """;

    /// <summary>Opens a file for writing. What a commit has answered survives the process and the machine; what is deleted is overwritten.</summary>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, ForeignKeys = true }.ConnectionString);
        connection.Open();
        // Of a file that is made: several vectors fit into a page, of which little is left over.
        connection.Execute("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
        return connection;
    }

    /// <summary>All of it or nothing, so that a file without a definition is one that was never finished.</summary>
    public static void Create(SqliteConnection connection, CollectionDefinition definition)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(Tables);
        foreach (var (key, value) in Facts(definition))
        {
            using var insert = connection.Command("INSERT INTO collection VALUES ($key, $value)", ("$key", key), ("$value", value));
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    /// <summary>Null if the file was never finished.</summary>
    /// <exception cref="InvalidDataException">Another version made it.</exception>
    public static CollectionDefinition? Read(SqliteConnection connection)
    {
        if (!connection.HasTable("collection"))
        {
            return null;
        }

        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        using var select = connection.Command("SELECT key, value FROM collection");
        using var reader = select.ExecuteReader();
        while (reader.Read())
        {
            facts[reader.GetString(0)] = reader.GetString(1);
        }

        return facts["format"] == Format
            ? new CollectionDefinition(
                facts["name"],
                facts["space_id"],
                int.Parse(facts["width"], CultureInfo.InvariantCulture),
                facts["model"],
                DateTimeOffset.Parse(facts["created_at"], CultureInfo.InvariantCulture))
            : throw new InvalidDataException($"it has format {facts["format"]}, and format {Format} is read here");
    }

    private static (string Key, string Value)[] Facts(CollectionDefinition definition) =>
    [
        ("format", Format),
        ("name", definition.Name),
        ("space_id", definition.SpaceId),
        ("width", definition.Width.ToString(CultureInfo.InvariantCulture)),
        ("model", definition.Model),
        ("created_at", definition.CreatedAt.ToString("O", CultureInfo.InvariantCulture)),
    ];
}
