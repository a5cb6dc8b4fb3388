using Sensorium.Core.Encoding;

namespace Sensorium.Caching.Entries;

/// <summary>How feature tokens lie, in the stored form: nothing where nothing is said of it.</summary>
internal static class GridCodec
{
    private const int GridBytes = 4 + 4 + 4;

    public static long Measure(IReadOnlyList<TokenGrid> grids) => grids.Count == 0 ? 0 : sizeof(int) + ((long)GridBytes * grids.Count);

    public static void Write(ref SpanWriter writer, IReadOnlyList<TokenGrid> grids)
    {
        if (grids.Count == 0)
        {
            return;
        }

        writer.WriteInt32(grids.Count);
        foreach (var grid in grids)
        {
            writer.WriteInt32(grid.Frames);
            writer.WriteInt32(grid.Rows);
            writer.WriteInt32(grid.Columns);
        }
    }

    public static IReadOnlyList<TokenGrid> Read(ref SpanReader reader)
    {
        var grids = new TokenGrid[reader.ReadCount(GridBytes)];
        for (var i = 0; i < grids.Length; i++)
        {
            grids[i] = new TokenGrid(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32());
        }

        return grids;
    }
}
