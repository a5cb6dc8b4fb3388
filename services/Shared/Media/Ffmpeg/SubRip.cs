using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Reads SubRip: blocks of a number, "00:00:01,500 --> 00:00:03,000" and lines of text, parted by empty lines.</summary>
internal static partial class SubRip
{
    public static IEnumerable<SubtitleCue> Parse(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (Times().Match(lines[i]) is not { Success: true } times)
            {
                continue;
            }

            var from = i + 1;
            while (i + 1 < lines.Length && !IsEndOfCue(lines, i + 1))
            {
                i++;
            }

            var spoken = Clean(string.Join(' ', lines[from..(i + 1)]));
            if (spoken.Length > 0)
            {
                yield return new SubtitleCue(Time(times, 1), Time(times, 5), spoken);
            }
        }
    }

    // A line may be empty within a cue: it ends where a number and times follow, or at the end of the text.
    private static bool IsEndOfCue(string[] lines, int at) =>
        lines[at].Length == 0
        && (at + 2 >= lines.Length || (int.TryParse(lines[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out _) && Times().IsMatch(lines[at + 2])));

    private static string Clean(string text)
    {
        var plain = Override().Replace(Tag().Replace(text, ""), "").Replace("\\N", " ", StringComparison.Ordinal).Replace("\\h", " ", StringComparison.Ordinal);
        return Spaces().Replace(WebUtility.HtmlDecode(plain), " ").Trim();
    }

    private static TimeSpan Time(Match match, int first)
    {
        int Part(int offset) => int.Parse(match.Groups[first + offset].ValueSpan, CultureInfo.InvariantCulture);
        return new TimeSpan(0, Part(0), Part(1), Part(2), Part(3));
    }

    [GeneratedRegex(@"^([0-9]{1,4}):([0-9]{2}):([0-9]{2})[,.]([0-9]{3}) --> ([0-9]{1,4}):([0-9]{2}):([0-9]{2})[,.]([0-9]{3})")]
    private static partial Regex Times();

    // Markup as <i> or <font color="…">, but not "a < b".
    [GeneratedRegex(@"</?[a-zA-Z][^<>]*>")]
    private static partial Regex Tag();

    // ASS override blocks that SubRip carries along.
    [GeneratedRegex(@"\{\\[^}]*\}")]
    private static partial Regex Override();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
