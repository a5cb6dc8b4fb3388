namespace Sensorium.Core.Generation.Sampling;

/// <summary>Work space of one vocabulary, reused for every token. Belongs to the thread that decodes.</summary>
internal sealed class SamplingBuffers(int vocabularySize)
{
    public float[] Logits { get; } = new float[vocabularySize];

    public float[] Scratch { get; } = new float[vocabularySize];

    public int[] TokenIds { get; } = new int[vocabularySize];
}
