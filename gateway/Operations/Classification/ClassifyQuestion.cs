using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Operations.Classification;

/// <summary>What is asked of every item.</summary>
/// <param name="Templates">Sentences that hold "{}"; empty for the phrases alone.</param>
/// <param name="Labels">Empty for the model's own.</param>
/// <param name="Scoring">Null for what the model was trained for.</param>
/// <param name="LogitScale">Null for what the model was trained with, or the setting.</param>
/// <param name="LogitBias">Null for what the model was trained with, or the setting.</param>
/// <param name="NoneThreshold">Null if one of the labels is always right.</param>
/// <param name="TopK">0 answers all labels.</param>
/// <param name="Encoding">Everything of the batches but their items.</param>
internal sealed record ClassifyQuestion(
    IReadOnlyList<Label> Labels,
    IReadOnlyList<string> Templates,
    Scoring? Scoring,
    float? LogitScale,
    float? LogitBias,
    float? NoneThreshold,
    int TopK,
    EncodeBatch Encoding);

/// <param name="Phrases">Empty means the name.</param>
internal sealed record Label(string Name, IReadOnlyList<string> Phrases);

internal enum Scoring
{
    /// <summary>The labels exclude each other.</summary>
    Softmax,

    /// <summary>Each label for itself.</summary>
    Independent,
}
