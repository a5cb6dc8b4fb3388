using System.Globalization;
using System.Text;

namespace Sensorium.Tokenization.Jinja;

/// <summary>Reads the tokens within a tag.</summary>
internal static class ExpressionLexer
{
    private static readonly string[] Operators =
        ["**", "//", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "~", "|", ".", ",", ":", "(", ")", "[", "]", "{", "}", "="];

    public static Token Read(string source, int at, int line, out int next)
    {
        var first = source[at];
        if (first is '\'' or '"')
        {
            return ReadString(source, at, line, out next);
        }

        if (char.IsAsciiDigit(first))
        {
            return ReadNumber(source, at, line, out next);
        }

        if (first == '_' || char.IsLetter(first))
        {
            next = at;
            while (next < source.Length && (source[next] == '_' || char.IsLetterOrDigit(source[next])))
            {
                next++;
            }

            return new Token(TokenKind.Name, source[at..next], line);
        }

        var found = Array.Find(Operators, text => string.CompareOrdinal(source, at, text, 0, text.Length) == 0)
            ?? throw new JinjaException($"line {line}: '{first}' has no meaning here");
        next = at + found.Length;
        return new Token(TokenKind.Operator, found, line);
    }

    private static Token ReadNumber(string source, int at, int line, out int next)
    {
        next = SkipDigits(source, at);
        var isFloat = next + 1 < source.Length && source[next] == '.' && char.IsAsciiDigit(source[next + 1]);
        if (isFloat)
        {
            next = SkipDigits(source, next + 1);
        }

        if (next < source.Length && source[next] is 'e' or 'E')
        {
            isFloat = true;
            next = SkipDigits(source, next + (next + 1 < source.Length && source[next + 1] is '+' or '-' ? 2 : 1));
        }

        return new Token(isFloat ? TokenKind.Float : TokenKind.Integer, source[at..next].Replace("_", "", StringComparison.Ordinal), line);
    }

    private static int SkipDigits(string source, int at)
    {
        while (at < source.Length && (char.IsAsciiDigit(source[at]) || source[at] == '_'))
        {
            at++;
        }

        return at;
    }

    private static Token ReadString(string source, int at, int line, out int next)
    {
        var text = new StringBuilder();
        for (next = at + 1; next < source.Length && source[next] != source[at]; next++)
        {
            if (source[next] != '\\' || next + 1 >= source.Length)
            {
                text.Append(source[next]);
                continue;
            }

            next++;
            AppendEscape(text, source, ref next);
        }

        return next++ < source.Length ? new Token(TokenKind.String, text.ToString(), line) : throw new JinjaException($"line {line}: a string does not end");
    }

    private static void AppendEscape(StringBuilder text, string source, ref int at)
    {
        var digits = source[at] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0 && at + digits < source.Length
            && int.TryParse(source.AsSpan(at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            text.Append(code > char.MaxValue && Rune.IsValid(code) ? new Rune(code).ToString() : (char)code);
            at += digits;
            return;
        }

        var _ = source[at] switch
        {
            'n' => text.Append('\n'),
            't' => text.Append('\t'),
            'r' => text.Append('\r'),
            '\\' or '\'' or '"' => text.Append(source[at]),
            '\n' => text,
            _ => text.Append('\\').Append(source[at]),
        };
    }
}
