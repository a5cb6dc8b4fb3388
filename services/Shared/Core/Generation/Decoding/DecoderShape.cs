namespace Sensorium.Core.Generation.Decoding;

/// <summary>Sizes of a loaded decoder.</summary>
/// <param name="VocabularySize">Logits of one token.</param>
/// <param name="Capacity">Tokens that one sequence can hold: start token, prompt and output together.</param>
/// <param name="FeatureWidth">Width of the feature tokens that it attends to.</param>
/// <param name="MaxMemoryTokens">Most feature tokens of one sequence; <see cref="int.MaxValue"/> if the model sets no limit.</param>
/// <param name="Explains">Cross-attention can be read after a step.</param>
public sealed record DecoderShape(int VocabularySize, int Capacity, int FeatureWidth, int MaxMemoryTokens, bool Explains);
