namespace Sensorium.Tokenization.Jinja;

internal enum TokenKind
{
    /// <summary>What stands between tags.</summary>
    Text,

    /// <summary>"{{".</summary>
    OutputBegin,

    /// <summary>"}}".</summary>
    OutputEnd,

    /// <summary>"{%".</summary>
    BlockBegin,

    /// <summary>"%}".</summary>
    BlockEnd,

    Name,
    String,
    Integer,
    Float,
    Operator,
    End,
}

/// <summary>A piece of a template.</summary>
/// <param name="Text">Of a string what it stands for, of all others what is written.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public override string ToString() => Kind == TokenKind.End ? "the end of the template" : $"'{Text}'";
}
