using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.Models;

/// <summary>A piece is a token, or unknown.</summary>
internal sealed class WordLevelModel : ITokenModel
{
    private readonly Dictionary<string, int> _vocabulary;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _unknownId;

    private WordLevelModel(Dictionary<string, int> vocabulary, int unknownId)
    {
        _vocabulary = vocabulary;
        _lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknownId = unknownId;
    }

    public IReadOnlyDictionary<string, int> Vocabulary => _vocabulary;

    public static WordLevelModel Read(JsonSection section)
    {
        var vocabulary = ModelReader.ReadVocabulary(section);
        return new WordLevelModel(vocabulary, ModelReader.RequireToken(section, vocabulary, section.OptionalString("unk_token") ?? "<unk>"));
    }

    public void Tokenize(ReadOnlySpan<char> piece, List<Token> tokens) =>
        tokens.Add(new Token(_lookup.TryGetValue(piece, out var id) ? id : _unknownId, 0, piece.Length));
}
