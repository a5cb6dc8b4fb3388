using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;

namespace Sensorium.Deciders.Deciding;

/// <summary>The log-odds of one answer: a sum, so that what each piece adds is exact.</summary>
/// <param name="Base">Of a case of which nothing is known.</param>
internal sealed record TargetModel(double Base, IReadOnlyList<BlockModel> Blocks)
{
    public double LogOdds(IReadOnlyDictionary<string, IBlock> blocks, DecisionCase given) =>
        Base + Blocks.Sum(model => blocks[model.Block].Read(given) is { } row ? row.Dot(model.Weights) + model.Shift : 0);

    /// <summary>Every piece; their weights add up to the log-odds.</summary>
    public IEnumerable<Evidence> Explain(IReadOnlyDictionary<string, IBlock> blocks, DecisionCase given)
    {
        var rest = Base;
        foreach (var model in Blocks)
        {
            var block = blocks[model.Block];
            if (block.Read(given) is not { } row)
            {
                continue;
            }

            var whole = row.Dot(model.Weights) + model.Shift;
            var pieces = block.Pieces(given, model.Weights).ToArray();
            foreach (var piece in pieces)
            {
                yield return new Evidence(piece.Kind, block.Part, piece.Where, piece.Said, piece.Weight);
            }

            if (pieces.Length == 0 && block is VectorBlock)
            {
                yield return new Evidence(EvidenceKind.Medium, block.Part, "", "", whole);
                continue;
            }

            rest += whole - pieces.Sum(piece => piece.Weight);
        }

        yield return new Evidence(EvidenceKind.Base, "", "", "", rest);
    }
}

/// <summary>How a block counts towards one answer.</summary>
/// <param name="Weights">Of its places.</param>
/// <param name="Shift">What having it at all adds.</param>
internal sealed record BlockModel(string Block, float[] Weights, double Shift);
