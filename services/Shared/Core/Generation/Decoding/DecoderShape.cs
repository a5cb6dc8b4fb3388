using Sensorium.Core.Encoding;

namespace Sensorium.Core.Generation.Decoding;

/// <summary>Sizes of a loaded decoder.</summary>
/// <param name="VocabularySize">Logits of one token.</param>
/// <param name="Capacity">Tokens that one sequence can hold: start token, prompt and output together.</param>
/// <param name="FeatureWidth">Width of the feature tokens that it attends to.</param>
/// <param name="Explains">Cross-attention can be read after a step.</param>
public sealed record DecoderShape(int VocabularySize, int Capacity, int FeatureWidth, bool Explains)
{
    /// <summary>The weights of each layer and head can be read, as alignment needs them.</summary>
    public bool ShowsHeads { get; init; }

    /// <summary>
    /// Rows share a run only while they hold equally many tokens, as its graph masks nothing of the past. Prompts are then read
    /// whole, with the first token, and requests that start together stay together.
    /// </summary>
    public bool NeedsEqualLengths { get; init; }

    /// <summary>It reads media as part of its prompt, and attends to nothing else.</summary>
    public bool Converses { get; init; }

    /// <summary>A prompt is read with the media, by <see cref="IDecoderBackend.Read(FeatureSequence, IReadOnlyList{int})"/>; decoding begins with the start token alone.</summary>
    public bool ReadsPromptWithMedia { get; init; }

    /// <summary>Its graph takes several tokens only where there is no past.</summary>
    public bool ReadsPromptsWhole { get; init; }
}
