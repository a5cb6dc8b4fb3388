using Sensorium.Core.Encoding;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Explanation.Scores;

/// <summary>The odds of one of some labels in words.</summary>
internal sealed class WordedLabelScore(float[][] labels, int label, LabelScale scale, string space) : IMediumScore
{
    public double Of(EncodedMedia medium)
    {
        Spaces.Check(space, medium.Model.SpaceId);
        return LabelOdds.Of(LabelOdds.Scale(LabelScorer.Similarities(medium.Embedding, labels), scale), label, scale.Scoring);
    }
}
