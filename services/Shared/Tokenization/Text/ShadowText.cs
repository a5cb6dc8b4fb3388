using System.Globalization;
using System.Text;
using Sensorium.Tokenization.Unicode;

namespace Sensorium.Tokenization.Text;

/// <summary>A text with one UTF-16 unit for each character; see <see cref="CodePointRegex"/>.</summary>
internal static class ShadowText
{
    /// <summary>Stands for every Han character beyond U+FFFF; itself one.</summary>
    private const char Han = '\u9FFF';

    /// <summary>Stands for every circled letter beyond U+FFFF; itself one.</summary>
    private const char CircledLetter = '\u24E9';

    private static readonly CodePointRanges HanRanges = new("16FE2-16FE3 16FF0-16FF1 20000-323AF");

    // One rarely used character of each category.
    private static readonly char[] StandIns = FindStandIns();

    public static string Create(ReadOnlySpan<char> text, out int[] places)
    {
        var shadow = new StringBuilder(text.Length);
        var starts = new List<int>(text.Length + 1);
        var place = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            shadow.Append(rune.IsBmp ? (char)rune.Value : StandInFor(rune));
            starts.Add(place);
            place += rune.Utf16SequenceLength;
        }

        starts.Add(place);
        places = [.. starts];
        return shadow.ToString();
    }

    private static char StandInFor(Rune rune)
    {
        var category = Rune.GetUnicodeCategory(rune);
        return category == UnicodeCategory.OtherLetter && HanRanges.Contains(rune.Value) ? Han
            : CharacterKinds.IsCircledLetter(rune) ? CircledLetter
            : StandIns[(int)category];
    }

    // The last of its category below the surrogates, or above them where there is none.
    private static char[] FindStandIns()
    {
        var standIns = new char[(int)UnicodeCategory.OtherNotAssigned + 1];
        for (var value = 0xFFFF; value > 0x7F; value--)
        {
            var category = char.GetUnicodeCategory((char)value);
            var isBetter = standIns[(int)category] is '\0' or > '\uDFFF' && value < 0xD800;
            if (standIns[(int)category] == '\0' || isBetter)
            {
                standIns[(int)category] = (char)value;
            }
        }

        return standIns;
    }
}
