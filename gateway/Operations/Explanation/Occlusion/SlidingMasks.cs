namespace Sensorium.Gateway.Operations.Explanation.Occlusion;

/// <summary>
/// A window of some parts that slides by one, over the edges too, so that each part is seen as often: it is large enough to hide a
/// thing, and the weights are as fine as one part. Hiding alone misses what is there twice, and showing alone misses what needs its
/// surroundings, so both are done.
/// </summary>
internal static class SlidingMasks
{
    private const int Window = 2;

    /// <summary>So few parts are looked at one by one.</summary>
    private const int Few = 3;

    /// <summary>Of parts in a row of time.</summary>
    public static IReadOnlyList<Mask> Line(int parts, bool hides) => Both(Windows(parts), hides);

    /// <summary>Of parts in rows and columns, row after row.</summary>
    public static IReadOnlyList<Mask> Grid(int rows, int columns) => Both(
        from down in Windows(rows)
        from across in Windows(columns)
        select (from row in down
                from column in across
                select (row * columns) + column).ToArray(),
        hides: true);

    /// <summary>How many masks <see cref="Line"/> makes.</summary>
    public static long CountOfLine(int parts, bool hides) => (hides ? 2L : 1) * (parts + Size(parts) - 1);

    /// <summary>How many masks <see cref="Grid"/> makes.</summary>
    public static long CountOfGrid(int rows, int columns) => 2L * (rows + Size(rows) - 1) * (columns + Size(columns) - 1);

    private static int Size(int parts) => parts > Few ? Window : 1;

    private static IEnumerable<int[]> Windows(int parts)
    {
        var size = Size(parts);
        for (var start = 1 - size; start < parts; start++)
        {
            var first = Math.Max(start, 0);
            yield return [.. Enumerable.Range(first, Math.Min(start + size, parts) - first)];
        }
    }

    private static IReadOnlyList<Mask> Both(IEnumerable<int[]> windows, bool hides) =>
        [.. windows.SelectMany(window => hides ? [new Mask(window, ShowsOnly: false), Shown(window)] : new[] { Shown(window) })];

    private static Mask Shown(int[] window) => new(window, ShowsOnly: true);
}
