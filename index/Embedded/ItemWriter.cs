using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;

namespace Sensorium.Index.Embedded;

/// <summary>Writes items within a transaction of its own; either all of them are there after it or none.</summary>
internal sealed class ItemWriter(SqliteConnection connection) : IDisposable
{
    private const string InsertItem = """
        INSERT INTO items (id, modality, media_type, sha256, size_bytes, duration_ticks, text, metadata, indexed_at)
        VALUES ($id, $modality, $media_type, $sha256, $size_bytes, $duration, $text, $metadata, $indexed_at) RETURNING row
        """;

    private const string InsertSegment = "INSERT INTO segments VALUES ($item, $ordinal, $start, $end, $track, $vector)";

    private readonly SqliteTransaction _transaction = connection.BeginTransaction();

    public void Put(IndexedItem item)
    {
        Delete(item.Facts.Id);
        var row = Insert(item.Facts);
        for (var i = 0; i < item.Segments.Count; i++)
        {
            Insert(row, i, item.Segments[i]);
        }

        if (item.Thumbnail.Length + item.Content.Length > 0)
        {
            using var insert = connection.Command(
                "INSERT INTO contents VALUES ($item, $thumbnail, $content)",
                ("$item", row),
                ("$thumbnail", item.Thumbnail.IsEmpty ? null : item.Thumbnail.ToArray()),
                ("$content", item.Content.IsEmpty ? null : item.Content.ToArray()));
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Whether it was there.</summary>
    public bool Delete(string id)
    {
        using var delete = connection.Command("DELETE FROM items WHERE id = $id", ("$id", id));
        return delete.ExecuteNonQuery() > 0;
    }

    public void Commit() => _transaction.Commit();

    public void Dispose() => _transaction.Dispose();

    private long Insert(ItemFacts facts)
    {
        using var insert = connection.Command(
            InsertItem,
            ("$id", facts.Id),
            ("$modality", (int?)facts.Modality),
            ("$media_type", facts.MediaType),
            ("$sha256", facts.Sha256),
            ("$size_bytes", facts.SizeBytes),
            ("$duration", facts.Duration?.Ticks),
            ("$text", facts.Text),
            ("$metadata", MetadataJson.Write(facts.Metadata)),
            ("$indexed_at", facts.IndexedAt.UtcTicks));
        return (long)insert.ExecuteScalar()!;
    }

    private void Insert(long item, int ordinal, ItemSegment segment)
    {
        using var insert = connection.Command(
            InsertSegment,
            ("$item", item),
            ("$ordinal", ordinal),
            ("$start", segment.Range?.Start.Ticks),
            ("$end", segment.Range?.End?.Ticks),
            ("$track", (int)segment.Track),
            ("$vector", MemoryMarshal.AsBytes(segment.Vector.Span).ToArray()));
        insert.ExecuteNonQuery();
    }
}
