namespace Sensorium.Core.Models;

/// <summary>What a model can be asked to do.</summary>
public enum ModelTask
{
    Embed,
    Generate,
    Transcribe,
    Classify,
    Rerank,
    Infer,
    Decide,
    GenerateImage,
}
