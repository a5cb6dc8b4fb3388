namespace Sensorium.Core.Generation.Speech;

/// <summary>The tokens of one window, cut into segments at its times.</summary>
/// <param name="Segments">With times from the beginning of the window.</param>
/// <param name="Next">Where the next window begins, from the beginning of this one.</param>
internal sealed record CutWindow(IReadOnlyList<CutSegment> Segments, TimeSpan Next);

internal sealed record CutSegment(TimeSpan Start, TimeSpan End, int[] Tokens);

/// <summary>
/// Radford et al. 2022, section 4.5: two times in a row are the end of a segment and the beginning of the next. What is behind the last
/// pair may be cut off by the window, so that the next window begins there.
/// </summary>
internal static class SegmentCutter
{
    /// <param name="first">The token of 0 seconds.</param>
    /// <param name="length">Sound of the window.</param>
    public static CutWindow Cut(int[] tokens, int first, TimeSpan length)
    {
        var cuts = Enumerable.Range(1, Math.Max(0, tokens.Length - 1)).Where(i => tokens[i - 1] >= first && tokens[i] >= first).ToList();
        var endsInOneTime = tokens.Length >= 2 && tokens[^1] >= first && tokens[^2] < first;
        if (cuts.Count == 0)
        {
            return new CutWindow(tokens.Length == 0 ? [] : [Whole(tokens, first, length)], length);
        }

        if (endsInOneTime)
        {
            cuts.Add(tokens.Length);
        }

        CutSegment[] segments = [.. cuts.Prepend(0).Zip(cuts, (from, to) => Segment(tokens[from..to], first, length))];
        var next = endsInOneTime ? length : TimeOf(tokens[cuts[^1] - 1], first);
        return new CutWindow(segments, next > TimeSpan.Zero && next < length ? next : length);
    }

    private static CutSegment Whole(int[] tokens, int first, TimeSpan length)
    {
        var last = Array.FindLast(tokens, token => token >= first);
        return new CutSegment(tokens[0] >= first ? TimeOf(tokens[0], first) : TimeSpan.Zero, last > first ? TimeOf(last, first) : length, tokens);
    }

    private static CutSegment Segment(int[] tokens, int first, TimeSpan length) => new(
        tokens[0] >= first ? TimeOf(tokens[0], first) : TimeSpan.Zero, tokens[^1] >= first ? TimeOf(tokens[^1], first) : length, tokens);

    private static TimeSpan TimeOf(int token, int first) => (token - first) * SpeechModel.TimeStep;
}
