using System.Text;
using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Unicode;

/// <summary>
/// Lower case of every character by itself, as tokenizers define it: culture plays no part, and a sigma at the end of a
/// word is a sigma like any other.
/// </summary>
internal static class UnicodeLowercase
{
    // The one character whose full lower case has two characters, which .NET leaves alone.
    private const char CapitalIWithDot = '\u0130';
    private const string SmallIWithDot = "i\u0307";

    public static AlignedText Apply(AlignedText text)
    {
        var lower = text.Value.ToLowerInvariant();
        if (!lower.Contains(CapitalIWithDot, StringComparison.Ordinal) && !HasNewestCapital(lower))
        {
            return lower == text.Value ? text : text.WithValue(lower);
        }

        var builder = new AlignedTextBuilder(text);
        var from = 0;
        foreach (var rune in lower.EnumerateRunes())
        {
            var to = from + rune.Utf16SequenceLength;
            if (rune.Value == CapitalIWithDot)
            {
                builder.Append(SmallIWithDot, from, to);
            }
            else
            {
                builder.Append(new Rune(rune.Value + DistanceToSmall(rune.Value)), from, to);
            }

            from = to;
        }

        return builder.Build();
    }

    private static bool HasNewestCapital(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value > 0xA7CD && DistanceToSmall(rune.Value) > 0)
            {
                return true;
            }
        }

        return false;
    }

    // Capitals of Unicode 17, which the runtime does not know yet.
    private static int DistanceToSmall(int codePoint) => codePoint switch
    {
        0xA7CE or 0xA7D2 or 0xA7D4 => 1,
        >= 0x16EA0 and <= 0x16EB8 => 0x1B,
        _ => 0,
    };
}
