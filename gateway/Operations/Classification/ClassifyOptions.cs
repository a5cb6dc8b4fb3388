namespace Sensorium.Gateway.Operations.Classification;

/// <summary>Classification by labels in words. Section "Sensorium:Classify".</summary>
internal sealed class ClassifyOptions
{
    public const string Section = "Sensorium:Classify";

    /// <summary>Most sentences of one request: the phrases of all labels times the templates.</summary>
    public int MaxSentences { get; set; } = 1_000;

    /// <summary>What similarities are multiplied with before softmax or sigmoid, where the request does not say.</summary>
    public float LogitScale { get; set; } = 20;

    /// <summary>Added before the sigmoid of independent scores, where the request does not say. Half-way is a similarity of minus this over the scale.</summary>
    public float LogitBias { get; set; } = -10;
}
