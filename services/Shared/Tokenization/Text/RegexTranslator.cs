using System.Globalization;
using System.Text;

namespace Sensorium.Tokenization.Text;

/// <summary>
/// Writes an Oniguruma expression as one for .NET: <c>\w</c>, <c>\h</c> and <c>\p{Han}</c> as sets, possessive quantifiers
/// as atomic groups, <c>{,n}</c> with its zero, <c>\x{…}</c> as a character, and the two letters that Unicode folds to k
/// and s. Throws <see cref="ArgumentException"/> for what it does not know.
/// </summary>
internal sealed class RegexTranslator
{
    private const string Word = @"\p{L}\p{M}\p{Nd}\p{Nl}\p{Pc}\u00B2\u00B3\u00B9\u00BC-\u00BE\u24B6-\u24E9";
    private const string Han = @"\u2E80-\u2E99\u2E9B-\u2EF3\u2F00-\u2FD5\u3005\u3007\u3021-\u3029\u3038-\u303B\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFA6D\uFA70-\uFAD9";

    private readonly string _pattern;
    private readonly StringBuilder _output = new();

    // For every open group: where its text begins in the output, and whether case is ignored around it.
    private readonly Stack<(int Start, bool IgnoresCase)> _groups = new();
    private int _position;
    private int _atom;
    private bool _ignoresCase;

    private RegexTranslator(string pattern) => _pattern = pattern;

    public static string Translate(string pattern) => new RegexTranslator(pattern).Run();

    private string Run()
    {
        while (_position < _pattern.Length)
        {
            Next();
        }

        return _output.ToString();
    }

    private void Next()
    {
        switch (_pattern[_position])
        {
            case '(':
                OpenGroup();
                break;
            case ')':
                CloseGroup();
                break;
            case '[':
                _atom = _output.Length;
                CopySet();
                break;
            case '?' or '*' or '+' or '{':
                CopyQuantifier();
                break;
            case '\\':
                _atom = _output.Length;
                CopyEscape(inSet: false);
                break;
            case var literal:
                _atom = _output.Length;
                _output.Append(Folded(literal));
                _position++;
                break;
        }
    }

    private void OpenGroup()
    {
        _groups.Push((_output.Length, _ignoresCase));
        var end = _position + 1;
        if (end < _pattern.Length && _pattern[end] == '?')
        {
            while (end < _pattern.Length && _pattern[end] is not (':' or '=' or '!' or '>'))
            {
                end++;
            }

            var options = _pattern[(_position + 2)..Math.Min(end, _pattern.Length)];
            if (end == _pattern.Length || options.Contains(')', StringComparison.Ordinal))
            {
                throw new ArgumentException("an option for the rest of a group");
            }

            _ignoresCase |= options.Split('-')[0].Contains('i', StringComparison.Ordinal) && _pattern[end] == ':';
            end++;
        }

        _output.Append(_pattern, _position, end - _position);
        _position = end;
        _atom = _output.Length;
    }

    private void CloseGroup()
    {
        if (!_groups.TryPop(out var group))
        {
            throw new ArgumentException("a group is closed that was not opened");
        }

        (_atom, _ignoresCase) = group;
        _output.Append(')');
        _position++;
    }

    private void CopySet()
    {
        _output.Append('[');
        _position++;
        if (_position < _pattern.Length && _pattern[_position] == '^')
        {
            _output.Append('^');
            _position++;
        }

        for (var isFirst = true; _position < _pattern.Length && (isFirst || _pattern[_position] != ']'); isFirst = false)
        {
            CopySetItem();
        }

        _output.Append(']');
        _position++;
    }

    private void CopySetItem()
    {
        var character = _pattern[_position];
        if (character == '[' || character == '&' && _pattern.AsSpan(_position).StartsWith("&&"))
        {
            throw new ArgumentException("sets within sets");
        }

        if (character == '\\')
        {
            CopyEscape(inSet: true);
            return;
        }

        _output.Append(_ignoresCase ? FoldedInSet(character) : character.ToString());
        _position++;
    }

    private void CopyEscape(bool inSet)
    {
        var escape = _position + 1 < _pattern.Length ? _pattern[_position + 1] : throw new ArgumentException("a backslash at the end");
        if (escape is 'p' or 'P' or 'x' && _position + 2 < _pattern.Length && _pattern[_position + 2] == '{')
        {
            CopyBraced(escape, inSet);
            return;
        }

        _output.Append(escape switch
        {
            'w' => inSet ? Word : $"[{Word}]",
            'W' when !inSet => $"[^{Word}]",
            'h' => inSet ? "0-9a-fA-F" : "[0-9a-fA-F]",
            'W' or 'H' or 'R' or 'X' or 'G' or 'K' or 'N' or 'O' or 'y' or 'Y' => throw new ArgumentException($"\\{escape}"),
            _ => _pattern.Substring(_position, 2),
        });
        _position += 2;
    }

    private void CopyBraced(char escape, bool inSet)
    {
        var close = _pattern.IndexOf('}', _position);
        var name = close < 0 ? throw new ArgumentException("a brace is not closed") : _pattern[(_position + 3)..close];
        _position = close + 1;
        if (escape == 'x')
        {
            var codePoint = int.Parse(name, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _output.Append(codePoint <= 0xFFFF ? $"\\u{codePoint:X4}" : throw new ArgumentException($"a character beyond U+FFFF, \\x{{{name}}}"));
            return;
        }

        var isNegated = escape == 'P' ^ name.StartsWith('^');
        name = name.TrimStart('^');
        if (name != "Han")
        {
            _output.Append(isNegated ? "\\P{" : "\\p{").Append(name).Append('}');
            return;
        }

        _output.Append(inSet && !isNegated ? Han : inSet ? throw new ArgumentException("\\P{Han} in a set") : $"[{(isNegated ? "^" : "")}{Han}]");
    }

    private void CopyQuantifier()
    {
        var end = _position + 1;
        if (_pattern[_position] == '{')
        {
            end = _pattern.IndexOf('}', _position) + 1;
            if (end == 0)
            {
                throw new ArgumentException("a brace is not closed");
            }
        }

        var quantifier = _pattern[_position..end].Replace("{,", "{0,", StringComparison.Ordinal);
        var isPossessive = _pattern[_position] != '{' && end < _pattern.Length && _pattern[end] == '+';
        _output.Append(quantifier);
        if (isPossessive)
        {
            _output.Insert(_atom, "(?>").Append(')');
            end++;
        }

        _position = end;
    }

    private string Folded(char literal) => _ignoresCase && FoldedInSet(literal) is { Length: > 1 } set ? $"[{set}]" : literal.ToString();

    private static string FoldedInSet(char literal) => literal switch
    {
        's' or 'S' => "sS\u017F",
        'k' or 'K' => "kK\u212A",
        _ => literal.ToString(),
    };
}
