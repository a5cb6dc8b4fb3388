namespace Sensorium.Tokenization.Models;

/// <summary>A token and the part of its piece that it stands for.</summary>
internal readonly record struct Token(int Id, int Start, int End);

/// <summary>Cuts a piece into tokens of the vocabulary. Safe for concurrent use.</summary>
internal interface ITokenModel
{
    IReadOnlyDictionary<string, int> Vocabulary { get; }

    void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens);
}
