using System.Globalization;
using System.Text;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation.Chat;

/// <summary>Writes a clip out as its frames, each with the time at which it is seen.</summary>
internal static class ClipWords
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    /// <param name="marks">With those of clips.</param>
    /// <param name="frames">Segments of the clip, in order.</param>
    public static string Of(PictureMarks marks, IReadOnlyList<EncodedSegment> frames)
    {
        var clip = marks.Clip!;
        var text = new StringBuilder().AppendFormat(CultureInfo.InvariantCulture, clip.Opening, InWords(frames.Count), Clock(frames[^1].Range!.Value));
        foreach (var frame in frames)
        {
            var at = frame.Range!.Value.Start;
            text.AppendFormat(CultureInfo.InvariantCulture, clip.Frame, $"{(int)at.TotalMinutes:00}:{at.Seconds:00}").Append(PictureWords.Of(marks, [frame]));
        }

        return text.Append(clip.Closing).ToString();
    }

    private static string Clock(Media.TimeRange last)
    {
        var length = last.End ?? last.Start;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalHours}:{length.Minutes:00}:{length.Seconds:00}");
    }

    // Numbers that no clip has so many frames as are written in digits.
    private static string InWords(int number) => number switch
    {
        < 20 => Small[number],
        < 100 => number % 10 == 0 ? Tens[number / 10] : $"{Tens[number / 10]}-{Small[number % 10]}",
        _ => number.ToString(CultureInfo.InvariantCulture),
    };
}
