using System.Text;
using System.Text.RegularExpressions;
using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.Text;

/// <summary>
/// An expression that sees characters where .NET's own see UTF-16 units: it is matched against a shadow of the text in
/// which every character beyond U+FFFF is one unit of the same category.
/// </summary>
internal sealed class CodePointRegex
{
    private readonly Regex _regex;

    private CodePointRegex(Regex regex) => _regex = regex;

    public static CodePointRegex Create(JsonSection section)
    {
        try
        {
            var pattern = RegexTranslator.Translate(section.AsString());
            return new CodePointRegex(new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.Compiled));
        }
        catch (ArgumentException error)
        {
            throw new TokenizerFormatException($"{section.Path} '{section.AsString()}' is not an expression that is supported: {error.Message}");
        }
    }

    public void FindRuns(string text, int start, int end, List<Splitter.Run> runs)
    {
        var part = text.AsSpan(start, end - start);
        if (part.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            Find(part, start, end, static (position, start) => start + position, runs);
            return;
        }

        var shadow = ShadowText.Create(part, out var places);
        Find(shadow, start, end, (position, start) => start + places[position], runs);
    }

    private void Find(ReadOnlySpan<char> text, int start, int end, Func<int, int, int> placeOf, List<Splitter.Run> runs)
    {
        var open = start;
        foreach (var match in _regex.EnumerateMatches(text))
        {
            var from = placeOf(match.Index, start);
            var to = placeOf(match.Index + match.Length, start);
            Splitter.AddRun(runs, open, from, isDelimiter: false);
            Splitter.AddRun(runs, from, to, isDelimiter: true);
            open = to;
        }

        Splitter.AddRun(runs, open, end, isDelimiter: false);
    }
}
