namespace Sensorium.Core.Encoding;

/// <summary>What a model was trained to make probabilities of similarities with.</summary>
/// <param name="Scale">Similarities are multiplied with it.</param>
/// <param name="Bias">Added before a sigmoid, by models that score each label for itself; null for those whose labels exclude each other.</param>
public sealed record SimilarityScale(float Scale, float? Bias);
