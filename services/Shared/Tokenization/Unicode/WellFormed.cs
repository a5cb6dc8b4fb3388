using System.Text;

namespace Sensorium.Tokenization.Unicode;

/// <summary>Half surrogate pairs are no characters; they become U+FFFD, as in any conversion to UTF-8.</summary>
internal static class WellFormed
{
    public static string Text(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                {
                    return Repair(text);
                }

                i++;
            }
        }

        return text;
    }

    // One U+FFFD for one unit, so that the places of all others stay.
    private static string Repair(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            builder.Append(rune);
        }

        return builder.ToString();
    }
}
