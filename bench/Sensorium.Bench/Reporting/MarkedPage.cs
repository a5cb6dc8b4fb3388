namespace Sensorium.Bench.Reporting;

/// <summary>The part of a page that a command writes, between two markers.</summary>
internal static class MarkedPage
{
    public static void Write(string page, string begin, string end, string text)
    {
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
