using Sensorium.Core.Encoding;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Explanation.Scores;

/// <summary>The odds of one of the labels that the model was trained on. Logits of several segments are averaged.</summary>
internal sealed class OwnLabelScore(int labels, int label, Scoring scoring) : IMediumScore
{
    public bool ReadsFeatures => true;

    public double Of(EncodedMedia medium) => LabelOdds.Of(OwnLabels.Logits(medium, labels), label, scoring);
}
