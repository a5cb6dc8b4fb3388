namespace Sensorium.Tokenization.Jinja;

/// <summary>
/// Cuts a template into tokens. White space around tags is treated as chat templates expect it: a line break after a block is
/// dropped, and so are blanks before one that begins its line ("trim_blocks" and "lstrip_blocks").
/// </summary>
internal sealed class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private int _at;
    private int _line = 1;

    private Lexer(string source) => _source = source;

    public static List<Token> Read(string template)
    {
        var source = template.Replace("\r\n", "\n", StringComparison.Ordinal);
        return new Lexer(source.EndsWith('\n') ? source[..^1] : source).Read();
    }

    private List<Token> Read()
    {
        var trimsStart = false;
        while (_at < _source.Length)
        {
            var tag = NextTag(_at);
            AddText(_source[_at..tag], tag, trimsStart);
            if (tag == _source.Length)
            {
                break;
            }

            Move(tag);
            trimsStart = ReadTag();
        }

        _tokens.Add(new Token(TokenKind.End, "", _line));
        return _tokens;
    }

    private int NextTag(int from)
    {
        for (var i = from; i + 1 < _source.Length; i++)
        {
            if (_source[i] == '{' && _source[i + 1] is '{' or '%' or '#')
            {
                return i;
            }
        }

        return _source.Length;
    }

    private void AddText(string text, int tag, bool trimsStart)
    {
        if (trimsStart)
        {
            text = text.TrimStart();
        }

        if (tag < _source.Length)
        {
            var mark = tag + 2 < _source.Length ? _source[tag + 2] : ' ';
            text = mark switch
            {
                '-' => text.TrimEnd(),
                '+' => text,
                _ when _source[tag + 1] == '{' => text,
                _ => WithoutIndent(text, tag),
            };
        }

        if (text.Length > 0)
        {
            _tokens.Add(new Token(TokenKind.Text, text, _line));
        }
    }

    // Blanks between the beginning of a line and a block.
    private string WithoutIndent(string text, int tag)
    {
        var start = tag;
        while (start > 0 && _source[start - 1] is ' ' or '\t')
        {
            start--;
        }

        var begins = start == 0 || _source[start - 1] == '\n';
        return begins ? text[..Math.Max(0, text.Length - (tag - start))] : text;
    }

    // True where white space after the tag is dropped.
    private bool ReadTag()
    {
        var kind = _source[_at + 1];
        var marked = _at + 2 < _source.Length && _source[_at + 2] is '-' or '+';
        if (kind == '#')
        {
            return SkipComment();
        }

        _tokens.Add(new Token(kind == '{' ? TokenKind.OutputBegin : TokenKind.BlockBegin, kind == '{' ? "{{" : "{%", _line));
        Move(_at + (marked ? 3 : 2));
        return ReadInside(kind == '{');
    }

    private bool SkipComment()
    {
        var end = _source.IndexOf("#}", _at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            throw Fault("a comment does not end");
        }

        var mark = _source[end - 1];
        Move(end + 2);
        SkipLineBreak(mark, isBlock: true);
        return mark == '-';
    }

    private bool ReadInside(bool isOutput)
    {
        var depth = 0;
        while (true)
        {
            Move(_at + (_source.Length - _at - _source.AsSpan(_at).TrimStart().Length));
            if (_at >= _source.Length)
            {
                throw Fault("a tag does not end");
            }

            if (depth == 0 && EndsHere(isOutput) is { } mark)
            {
                _tokens.Add(new Token(isOutput ? TokenKind.OutputEnd : TokenKind.BlockEnd, isOutput ? "}}" : "%}", _line));
                Move(_at + (mark == ' ' ? 2 : 3));
                SkipLineBreak(mark, !isOutput);
                return mark == '-';
            }

            var token = ExpressionLexer.Read(_source, _at, _line, out var next);
            depth += token is { Kind: TokenKind.Operator, Text: "{" } ? 1 : token is { Kind: TokenKind.Operator, Text: "}" } ? -1 : 0;
            _tokens.Add(token);
            Move(next);
        }
    }

    // The mark before the end of the tag, a blank if there is none; null if the tag goes on.
    private char? EndsHere(bool isOutput)
    {
        var rest = _source.AsSpan(_at);
        var end = isOutput ? "}}" : "%}";
        return rest.StartsWith(end) ? ' ' : rest.Length > 2 && rest[0] is '-' or '+' && rest[1..].StartsWith(end) ? rest[0] : null;
    }

    private void SkipLineBreak(char mark, bool isBlock)
    {
        if (isBlock && mark != '+' && _at < _source.Length && _source[_at] == '\n')
        {
            Move(_at + 1);
        }
    }

    private void Move(int to)
    {
        _line += _source.AsSpan(_at, to - _at).Count('\n');
        _at = to;
    }

    private JinjaException Fault(string what) => new($"line {_line}: {what}");
}
