using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Blocks;

/// <summary>Everything that a decider reads of a case.</summary>
/// <param name="Fields">Null if no case had a field of use.</param>
/// <param name="Words">Null if no case had notes.</param>
internal sealed record BlockSet(FieldsBlock? Fields, WordsBlock? Words, IReadOnlyList<VectorBlock> Vectors)
{
    public static BlockSet Fit(CaseSchema schema, IReadOnlyList<TaughtCase> cases) =>
        new(FieldsBlock.Fit(schema, cases), WordsBlock.Fit(cases), [.. VectorBlock.FitAll(cases)]);

    public IReadOnlyList<IBlock> All() => [.. ((IBlock?[])[Fields, Words, .. Vectors]).OfType<IBlock>()];
}
