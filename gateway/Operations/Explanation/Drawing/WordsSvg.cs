using System.Globalization;
using System.Security;
using System.Text;
using Sensorium.Gateway.Operations.Explanation.Parts;

namespace Sensorium.Gateway.Operations.Explanation.Drawing;

/// <summary>Words on red where they carry the score, on blue where they speak against it; the strength is the weight's.</summary>
internal static class WordsSvg
{
    private const int Width = 640;
    private const int Line = 26;
    private const int Margin = 10;
    private const double Sign = 8.6;
    private const double Gap = 6;
    private const string For = "#e12819";
    private const string Against = "#2850dc";

    public static Drawn Draw(WordLayout layout, IReadOnlyList<double> weights)
    {
        var largest = weights.Max(Math.Abs);
        var (x, y) = ((double)Margin, Margin);
        var words = new StringBuilder();
        for (var i = 0; i < weights.Count; i++)
        {
            var word = layout.Text.Substring(layout.Words[i].Start, layout.Words[i].Length);
            var width = (word.EnumerateRunes().Count() * Sign) + Gap;
            if (x > Margin && x + width > Width - Margin)
            {
                (x, y) = (Margin, y + Line);
            }

            words.Append(CultureInfo.InvariantCulture, $"""<rect x="{x:0.#}" y="{y}" width="{width:0.#}" height="{Line - 4}" fill="{(weights[i] < 0 ? Against : For)}" fill-opacity="{(largest > 0 ? Math.Abs(weights[i]) / largest : 0):0.##}"/>""");
            words.Append(CultureInfo.InvariantCulture, $"""<text x="{x + (Gap / 2):0.#}" y="{y + 15}">{SecurityElement.Escape(Drawable(word))}</text>""");
            x += width + Gap;
        }

        var height = y + Line + Margin;
        var svg = string.Create(
            CultureInfo.InvariantCulture,
            $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" font-family="monospace" font-size="14"><rect width="{Width}" height="{height}" fill="#fff"/>{words}</svg>""");
        return new Drawn(System.Text.Encoding.UTF8.GetBytes(svg + "\n"), "image/svg+xml");
    }

    // Signs that XML cannot hold, escaped or not.
    private static string Drawable(string word) => string.Concat(word.EnumerateRunes().Select(rune => rune.Value < ' ' || rune.Value is 0xFFFE or 0xFFFF ? "\uFFFD" : rune.ToString()));
}
