using Sensorium.Core.Encoding;
using Sensorium.Gateway.Encoding;

namespace Sensorium.Gateway.Operations.Explanation.Scores;

/// <summary>The cosine similarity with another medium.</summary>
internal sealed class SimilarityScore(ReadOnlyMemory<float> other, string space) : IMediumScore
{
    public double Of(EncodedMedia medium)
    {
        Spaces.Check(space, medium.Model.SpaceId);
        return UnitVectors.Cosine(medium.Embedding.Span, other.Span);
    }
}
