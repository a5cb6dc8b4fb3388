namespace Sensorium.Gateway.Operations.Classification;

/// <summary>Classification by labels in words. Section "Sensorium:Classify".</summary>
internal sealed class ClassifyOptions
{
    public const string Section = "Sensorium:Classify";

    /// <summary>Most sentences of one request: the phrases of all labels times the templates.</summary>
    public int MaxSentences { get; set; } = 1_000;

    /// <summary>
    /// What similarities are multiplied with before softmax or sigmoid, where neither the request nor the model says. The value is 1 / 0.07,
    /// from which the training of CLIP starts; it is calibrated for no model, so that scores rank labels but are not probabilities.
    /// </summary>
    public double LogitScale { get; set; } = 14.2857;

    /// <summary>
    /// Added before the sigmoid of independent scores, where neither the request nor the model says. A label scores one half at a similarity
    /// of minus this over the scale. The value is the one from which the training of SigLIP starts; it is calibrated for no model.
    /// </summary>
    public double LogitBias { get; set; } = -10;
}
