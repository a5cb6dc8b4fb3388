using System.Text;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Caching.Entries;

/// <summary>The part of the stored form that is the entry itself. Embeddings are float32; features float16 where that holds them.</summary>
internal static class EntryBody
{
    private const long NoTime = long.MinValue;
    private const int FixedBytes = 1 + 4 + 8 + 4 + 8 + 4 + 4 + 4;
    private const int RangeBytes = 1 + 8 + 8;
    private const int TileBytes = 4 + 4;
    private const int SegmentFixedBytes = RangeBytes + 4 + 1;
    private const int FeatureFixedBytes = 4 + 4;
    private const int WarningFixedBytes = 4 + 4 + 1;

    // What a segment has beside its vector.
    [Flags]
    private enum Parts : byte
    {
        None = 0,
        Range = 1,
        Tile = 2,
        Grids = 4,
    }

    private enum FeatureForm : byte
    {
        None = 0,
        Half = 1,
        Single = 2,
    }

    public static long Measure(CacheEntry entry)
    {
        long bytes = FixedBytes + (sizeof(float) * entry.Media.Embedding.Length);
        foreach (var segment in entry.Media.Segments)
        {
            bytes += SegmentFixedBytes + (segment.Tile is null ? 0 : TileBytes) + (sizeof(float) * segment.Embedding.Length);
            if (segment.Features is { } features)
            {
                bytes += FeatureFixedBytes + GridCodec.Measure(features.Grids) + ((long)features.Data.Length * (FormOf(features) == FeatureForm.Half ? sizeof(ushort) : sizeof(float)));
            }
        }

        foreach (var warning in entry.Warnings)
        {
            bytes += WarningFixedBytes + Encoding.UTF8.GetByteCount(warning.Reason) + Encoding.UTF8.GetByteCount(warning.Message);
        }

        return bytes;
    }

    public static void Write(ref SpanWriter writer, CacheEntry entry)
    {
        writer.WriteByte(entry.Media.Truncated ? (byte)1 : (byte)0);
        writer.WriteInt32(entry.Media.SegmentsAvailable);
        writer.WriteInt64(entry.Usage.InputUnits);
        writer.WriteInt32(entry.Usage.Segments);
        writer.WriteInt64(entry.Usage.MediaDuration?.Ticks ?? NoTime);
        writer.WriteInt32(entry.Media.Embedding.Length);
        writer.WriteSingles(entry.Media.Embedding.Span);
        writer.WriteInt32(entry.Media.Segments.Count);
        foreach (var segment in entry.Media.Segments)
        {
            WriteSegment(ref writer, segment);
        }

        writer.WriteInt32(entry.Warnings.Count);
        foreach (var warning in entry.Warnings)
        {
            writer.WriteString(warning.Reason);
            writer.WriteString(warning.Message);
            writer.WriteByte(warning.ItemId is null ? (byte)0 : (byte)1);
        }
    }

    public static CacheEntry Read(ref SpanReader reader, ModelIdentity model)
    {
        var truncated = reader.ReadByte() != 0;
        var available = reader.ReadInt32();
        var units = reader.ReadInt64();
        var encoded = reader.ReadInt32();
        var duration = reader.ReadInt64();
        var embedding = reader.ReadSingles(reader.ReadCount(sizeof(float)));
        var segments = new EncodedSegment[reader.ReadCount(SegmentFixedBytes)];
        for (var i = 0; i < segments.Length; i++)
        {
            segments[i] = ReadSegment(ref reader);
        }

        var warnings = new MediaWarning[reader.ReadCount(WarningFixedBytes)];
        for (var i = 0; i < warnings.Length; i++)
        {
            warnings[i] = new MediaWarning(reader.ReadString(), reader.ReadString(), reader.ReadByte() == 0 ? null : "");
        }

        return new CacheEntry(
            new EncodedMedia(embedding, segments, available, truncated, model),
            warnings,
            new EncodeUsage(units, encoded, duration == NoTime ? null : TimeSpan.FromTicks(duration)));
    }

    private static FeatureForm FormOf(FeatureSequence features) =>
        HalfPrecision.Suits(features) ? FeatureForm.Half : FeatureForm.Single;

    private static void WriteSegment(ref SpanWriter writer, EncodedSegment segment)
    {
        writer.WriteByte((byte)PartsOf(segment));
        writer.WriteInt64(segment.Range?.Start.Ticks ?? 0);
        writer.WriteInt64(segment.Range?.End?.Ticks ?? NoTime);
        if (segment.Tile is { } tile)
        {
            writer.WriteInt32(tile.Row);
            writer.WriteInt32(tile.Column);
        }

        writer.WriteInt32(segment.Embedding.Length);
        writer.WriteSingles(segment.Embedding.Span);
        var form = segment.Features is { } sequence ? FormOf(sequence) : FeatureForm.None;
        writer.WriteByte((byte)form);
        if (segment.Features is not { } features)
        {
            return;
        }

        writer.WriteInt32(features.Tokens);
        writer.WriteInt32(features.Width);
        GridCodec.Write(ref writer, features.Grids);
        if (form == FeatureForm.Half)
        {
            writer.WriteHalves(features.Data.Span);
        }
        else
        {
            writer.WriteSingles(features.Data.Span);
        }
    }

    private static Parts PartsOf(EncodedSegment segment) =>
        (segment.Range is null ? Parts.None : Parts.Range)
        | (segment.Tile is null ? Parts.None : Parts.Tile)
        | (segment.Features is { Grids.Count: > 0 } ? Parts.Grids : Parts.None);

    private static EncodedSegment ReadSegment(ref SpanReader reader)
    {
        var parts = (Parts)reader.ReadByte();
        var start = TimeSpan.FromTicks(reader.ReadInt64());
        var end = reader.ReadInt64();
        Tile? tile = parts.HasFlag(Parts.Tile) ? new Tile(reader.ReadInt32(), reader.ReadInt32()) : null;
        var embedding = reader.ReadSingles(reader.ReadCount(sizeof(float)));
        var form = (FeatureForm)reader.ReadByte();
        FeatureSequence? features = null;
        if (form != FeatureForm.None)
        {
            var tokens = reader.ReadInt32();
            var width = reader.ReadInt32();
            IReadOnlyList<TokenGrid> grids = parts.HasFlag(Parts.Grids) ? GridCodec.Read(ref reader) : [];
            features = new FeatureSequence(tokens, width, ReadFeatures(ref reader, form, tokens < 0 || width < 0 ? -1 : (long)tokens * width)) { Grids = grids };
        }

        TimeRange? range = parts.HasFlag(Parts.Range) ? new TimeRange(start, end == NoTime ? null : TimeSpan.FromTicks(end)) : null;
        return new EncodedSegment(range, embedding, features) { Tile = tile };
    }

    // A count of -1 makes the reader fail, as an unknown form must.
    private static float[] ReadFeatures(ref SpanReader reader, FeatureForm form, long count) => form switch
    {
        _ when count is < 0 or > int.MaxValue => reader.ReadSingles(-1),
        FeatureForm.Half => reader.ReadHalves((int)count),
        FeatureForm.Single => reader.ReadSingles((int)count),
        _ => reader.ReadSingles(-1),
    };
}
