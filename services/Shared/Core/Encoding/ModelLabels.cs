namespace Sensorium.Core.Encoding;

/// <summary>The labels of a model that classifies. Its features are one token: a logit for each of them.</summary>
/// <param name="Names">In the order of the logits.</param>
/// <param name="Independent">Each is scored for itself; else they exclude each other.</param>
public sealed record ModelLabels(IReadOnlyList<string> Names, bool Independent);
