using System.Text;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Generation.Chat;

/// <summary>Writes pictures out as the model reads them: the word that stands for one vector, as often as there are vectors.</summary>
internal static class PictureWords
{
    /// <summary>A picture that was cut into tiles is written tile by tile, each with its place, a line for each row of them.</summary>
    public static string Of(PictureMarks marks, IReadOnlyList<EncodedSegment> segments)
    {
        var text = new StringBuilder();
        foreach (var (i, segment) in segments.Index())
        {
            if (segment.Tile is { } tile)
            {
                text.Append(marks.Around).Append(System.Globalization.CultureInfo.InvariantCulture, $"<row_{tile.Row}_col_{tile.Column}>");
            }
            else
            {
                text.Append(i > 0 && segments[i - 1].Tile is not null ? "\n" : "").Append(marks.Around).Append(marks.Whole);
            }

            text.Insert(text.Length, marks.Picture, segment.Features!.Tokens);
            if (segment.Tile is { } last && (i == segments.Count - 1 || segments[i + 1].Tile?.Row != last.Row))
            {
                text.Append('\n');
            }
        }

        return text.Append(marks.Around).ToString();
    }

    /// <summary>Puts them in the places of the words that the template wrote for them. Null if these are not as many.</summary>
    public static string? Expand(string text, string word, IReadOnlyList<string> pictures)
    {
        var parts = text.Split(word);
        if (parts.Length != pictures.Count + 1)
        {
            return null;
        }

        var expanded = new StringBuilder(parts[0]);
        for (var i = 0; i < pictures.Count; i++)
        {
            expanded.Append(pictures[i]).Append(parts[i + 1]);
        }

        return expanded.ToString();
    }
}
