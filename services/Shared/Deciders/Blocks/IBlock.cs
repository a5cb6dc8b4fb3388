using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Blocks;

/// <summary>One kind of what is known of a case, as numbers that a linear model reads.</summary>
internal interface IBlock
{
    /// <summary>Unique within a decider: "fields", "words", "image".</summary>
    string Name { get; }

    /// <summary>What a person calls it: words and the vector of a text are both "text".</summary>
    string Part { get; }

    int Width { get; }

    /// <summary>Null if the case has nothing of this kind.</summary>
    FeatureRow? Read(DecisionCase given);

    /// <summary>How much each piece adds, one by one; what they leave of the whole belongs to the block as such.</summary>
    IEnumerable<PieceWeight> Pieces(DecisionCase given, ReadOnlyMemory<float> weights);
}

/// <param name="Kind">Of the piece.</param>
/// <param name="Where">Name of the field, or the word.</param>
/// <param name="Said">Value of the field; empty for a word.</param>
internal sealed record PieceWeight(EvidenceKind Kind, string Where, string Said, double Weight);

/// <summary>What speaks for or against an answer.</summary>
public enum EvidenceKind
{
    Field,
    Word,

    /// <summary>Media of one modality.</summary>
    Medium,

    /// <summary>What is so of every case that was taught: how frequent the answer is.</summary>
    Base,
}
