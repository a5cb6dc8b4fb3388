namespace Sensorium.Bench.Reporting;

/// <summary>The part of a page that a command writes, between two markers.</summary>
internal static class MarkedPage
{
    public const string Table = "table";
    public const string Tables = "tables";

    /// <param name="page">The file.</param>
    /// <param name="what">What the markers call it.</param>
    /// <param name="text">What is written.</param>
    public static void Write(string page, string what, string text)
    {
        var (begin, end) = ($"<!-- {what}: written by bench/render.sh -->", $"<!-- end of {what} -->");
        var whole = File.ReadAllText(page);
        var from = whole.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var to = whole.IndexOf(end, StringComparison.Ordinal);
        if (to < from)
        {
            throw new InvalidDataException($"{page} lacks the markers '{begin}' and '{end}'.");
        }

        File.WriteAllText(page, $"{whole[..from]}\n\n{text}\n{whole[to..]}");
    }
}
