namespace Sensorium.Core.Generation.Text;

internal static class StopSequences
{
    /// <summary>Where the first of the stop sequences begins in the text; -1 if none is there.</summary>
    public static int Find(IReadOnlyList<string> stops, string text)
    {
        var first = -1;
        for (var i = 0; i < stops.Count; i++)
        {
            var at = text.IndexOf(stops[i], StringComparison.Ordinal);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }

        return first;
    }

    /// <summary>Length of the longest end of the text that is the beginning of a stop sequence.</summary>
    public static int HeldLength(IReadOnlyList<string> stops, string text)
    {
        var longest = 0;
        for (var i = 0; i < stops.Count; i++)
        {
            var stop = stops[i];
            for (var length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.EndsWith(stop[..length], StringComparison.Ordinal))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }
}
