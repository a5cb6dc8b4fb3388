using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.Text;

/// <summary>A pattern of tokenizer.json: a text to find as it is, or an expression.</summary>
internal static class PatternReader
{
    public static Splitter.RunFinder Read(JsonSection section)
    {
        if (section.Optional("String") is { } literal)
        {
            return Literal(literal.AsString());
        }

        var regex = section.Required("Regex");
        return regex.AsString() == Gpt2Words.Pattern ? Gpt2Words.FindRuns : CodePointRegex.Create(regex).FindRuns;
    }

    public static Splitter.RunFinder Literal(string literal) => (text, start, end, runs) =>
    {
        while (literal.Length > 0 && text.AsSpan(start, end - start).IndexOf(literal, StringComparison.Ordinal) is >= 0 and var found)
        {
            Splitter.AddRun(runs, start, start + found, isDelimiter: false);
            Splitter.AddRun(runs, start + found, start + found + literal.Length, isDelimiter: true);
            start += found + literal.Length;
        }

        Splitter.AddRun(runs, start, end, isDelimiter: false);
    };
}
