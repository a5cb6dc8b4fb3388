using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Sensorium.Core.Media;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;

namespace Sensorium.Index.Embedded;

/// <summary>Reads items out of a collection's file.</summary>
internal sealed class ItemReader(SqliteConnection connection)
{
    private const string Columns = "row, id, modality, media_type, sha256, size_bytes, duration_ticks, text, metadata, indexed_at";

    /// <summary>Every item with its segments.</summary>
    public IEnumerable<IndexedItem> All() => Read($"SELECT {Columns} FROM items ORDER BY row", ItemParts.Segments);

    /// <summary>The next so many by their ids.</summary>
    public IEnumerable<IndexedItem> After(string id, int count, ItemParts parts) => Read(
        $"SELECT {Columns} FROM items WHERE id > $id ORDER BY id LIMIT $count", parts, ("$id", id), ("$count", count));

    public IndexedItem? Find(string id, ItemParts parts) =>
        Read($"SELECT {Columns} FROM items WHERE id = $id", parts, ("$id", id)).FirstOrDefault();

    private IEnumerable<IndexedItem> Read(string query, ItemParts parts, params (string Name, object? Value)[] parameters)
    {
        using var select = connection.Command(query, parameters);
        using var reader = select.ExecuteReader();
        while (reader.Read())
        {
            var row = reader.GetInt64(0);
            var (thumbnail, content) = ReadContents(row, parts);
            yield return new IndexedItem(ReadFacts(reader), parts.HasFlag(ItemParts.Segments) ? ReadSegments(row) : [], thumbnail, content);
        }
    }

    private static ItemFacts ReadFacts(SqliteDataReader reader) => new(
        reader.GetString(1),
        reader.IsDBNull(2) ? null : (Modality)reader.GetInt32(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetInt64(5),
        reader.IsDBNull(6) ? null : TimeSpan.FromTicks(reader.GetInt64(6)),
        reader.GetString(7),
        MetadataJson.Read(reader.GetString(8)),
        new DateTimeOffset(reader.GetInt64(9), TimeSpan.Zero));

    private List<ItemSegment> ReadSegments(long item)
    {
        var segments = new List<ItemSegment>();
        using var select = connection.Command(
            "SELECT start_ticks, end_ticks, track, vector FROM segments WHERE item = $item ORDER BY ordinal", ("$item", item));
        using var reader = select.ExecuteReader();
        while (reader.Read())
        {
            TimeRange? range = reader.IsDBNull(0)
                ? null
                : new TimeRange(TimeSpan.FromTicks(reader.GetInt64(0)), reader.IsDBNull(1) ? null : TimeSpan.FromTicks(reader.GetInt64(1)));
            segments.Add(new ItemSegment(range, (MediaTrack)reader.GetInt32(2), MemoryMarshal.Cast<byte, float>(reader.GetFieldValue<byte[]>(3)).ToArray()));
        }

        return segments;
    }

    private (byte[] Thumbnail, byte[] Content) ReadContents(long item, ItemParts parts)
    {
        if ((parts & (ItemParts.Thumbnail | ItemParts.Content)) == 0)
        {
            return ([], []);
        }

        using var select = connection.Command(
            $"SELECT {Column(ItemParts.Thumbnail, "thumbnail")}, {Column(ItemParts.Content, "content")} FROM contents WHERE item = $item", ("$item", item));
        using var reader = select.ExecuteReader();
        return reader.Read() ? (ReadBlob(reader, 0), ReadBlob(reader, 1)) : ([], []);

        string Column(ItemParts part, string name) => parts.HasFlag(part) ? name : "NULL";
    }

    private static byte[] ReadBlob(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? [] : reader.GetFieldValue<byte[]>(column);
}
