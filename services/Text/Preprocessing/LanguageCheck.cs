using System.Globalization;
using System.Text;

namespace Sensorium.Text.Preprocessing;

/// <summary>
/// Finds text that the model certainly does not understand: most of its letters belong to scripts that none of the model's
/// languages is written in. It tells scripts, not languages: French passes where English is understood.
/// </summary>
internal sealed class LanguageCheck(IReadOnlyList<string> languages)
{
    private const double MaxForeignShare = 0.5;

    private readonly Scripts _scripts = languages.Aggregate(Scripts.None, (scripts, language) => scripts | ScriptsOf.Language(language));

    /// <summary>Null if the text passes, else what is wrong. A model that names no languages takes all.</summary>
    public string? Problem(string text)
    {
        if (languages.Count == 0)
        {
            return null;
        }

        var (letters, foreign) = Count(text);
        return letters > 0 && foreign > MaxForeignShare * letters
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{foreign} of {letters} letters are in scripts of none of the model's languages ({string.Join(", ", languages)}).")
            : null;
    }

    private (int Letters, int Foreign) Count(string text)
    {
        var (letters, foreign) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune))
            {
                letters++;
                foreign += (ScriptsOf.Letter(rune) & _scripts) == 0 ? 1 : 0;
            }
        }

        return (letters, foreign);
    }
}
