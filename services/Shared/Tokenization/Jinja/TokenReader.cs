namespace Sensorium.Tokenization.Jinja;

/// <summary>The tokens of a template, one after another.</summary>
internal sealed class TokenReader(List<Token> tokens, int maxDepth)
{
    private int _at;
    private int _depth;

    public Token Current => tokens[_at];

    public Token Take() => tokens[_at++];

    public bool Is(string text) => Current.Text == text && Current.Kind is TokenKind.Operator or TokenKind.Name;

    /// <summary>Whether the token behind the current one is this.</summary>
    public bool IsNext(string text) => _at + 1 < tokens.Count && tokens[_at + 1].Text == text;

    public bool Skip(string text)
    {
        if (Is(text))
        {
            _at++;
            return true;
        }

        return false;
    }

    public void Expect(string text)
    {
        if (!Skip(text))
        {
            throw Fault($"'{text}'");
        }
    }

    public Token Expect(TokenKind kind) => Current.Kind == kind ? Take() : throw Fault(kind switch
    {
        TokenKind.Name => "a name",
        TokenKind.OutputEnd => "'}}'",
        TokenKind.BlockEnd => "'%}'",
        _ => kind.ToString(),
    });

    public JinjaException Fault(string expected) => new($"line {Current.Line}: {expected} is expected, but there is {Current}");

    /// <summary>Reads something that may hold others of its kind, so that their depth is bounded.</summary>
    public T Nested<T>(Func<T> read)
    {
        if (++_depth > maxDepth)
        {
            throw new JinjaException($"line {Current.Line}: more than {maxDepth} levels deep");
        }

        var result = read();
        _depth--;
        return result;
    }
}
