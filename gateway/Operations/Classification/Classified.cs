using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Classification;

/// <param name="Results">One per item, in order.</param>
/// <param name="Models">That of the labels first.</param>
/// <param name="Warnings">About labels.</param>
internal sealed record Classified(
    IReadOnlyList<ClassifiedItem> Results, string SpaceId, IReadOnlyList<ModelIdentity> Models, IReadOnlyList<MediaWarning> Warnings);

/// <param name="Encoding">How the item was embedded; its error, if that failed.</param>
/// <param name="Scores">Best first; empty if the item failed.</param>
/// <param name="NoneOfThese">No label reached the threshold.</param>
internal sealed record ClassifiedItem(EncodeOutcome Encoding, IReadOnlyList<LabelScore> Scores, bool NoneOfThese);

/// <param name="Score">In [0, 1].</param>
/// <param name="Similarity">Cosine, in [-1, 1]; 0 for labels of the model's own.</param>
internal sealed record LabelScore(string Label, float Score, float Similarity);
