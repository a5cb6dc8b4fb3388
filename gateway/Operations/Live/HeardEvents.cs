using Sensorium.Core.Encoding;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Which of some labels a sound has.</summary>
internal interface IHeardEvents
{
    /// <summary>The best one; an empty label if none of them fits.</summary>
    LabelScore Find(EncodedMedia sound);
}

/// <summary>By labels in words.</summary>
internal sealed class HeardWords(IReadOnlyList<LiveWord> labels) : IHeardEvents
{
    public LabelScore Find(EncodedMedia sound)
    {
        var best = labels
            .Select(label => (label.Name, label.MinSimilarity, Similarity: UnitVectors.Cosine(sound.Embedding.Span, label.Vector)))
            .MaxBy(label => label.Similarity);
        return new LabelScore(best.Similarity >= best.MinSimilarity ? best.Name : "", 0, best.Similarity);
    }
}

/// <summary>By the labels that the model was trained on.</summary>
internal sealed class HeardLabels(ModelLabels labels, float minScore) : IHeardEvents
{
    public LabelScore Find(EncodedMedia sound)
    {
        var logits = OwnLabels.Logits(sound, labels.Names.Count);
        var scores = LabelScorer.Scores(logits, labels.Independent ? Scoring.Independent : Scoring.Softmax, scale: 1, bias: 0);
        var best = Array.IndexOf(scores, scores.Max());
        return new LabelScore(scores[best] >= minScore ? labels.Names[best] : "", scores[best], 0);
    }
}
