using Sensorium.Tokenization.Models;

namespace Sensorium.Tokenization.PostProcessors;

/// <summary>Consecutive tokens of one kind: those of a text, or special ones that belong to none.</summary>
/// <param name="Tokens">With places in the text.</param>
/// <param name="TypeId">The segment that the model is told.</param>
/// <param name="Sequence">0 for the text, 1 for its pair, negative for special tokens.</param>
internal sealed record EncodedPart(List<Token> Tokens, int TypeId, int Sequence)
{
    public const int NoSequence = -1;

    public static EncodedPart Special(IEnumerable<int> ids, int typeId) => new([.. ids.Select(id => new Token(id, 0, 0))], typeId, NoSequence);
}
