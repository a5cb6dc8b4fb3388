namespace Sensorium.Core.Generation.Decoding;

/// <summary>Sizes of a loaded decoder.</summary>
/// <param name="VocabularySize">Logits of one token.</param>
/// <param name="Capacity">Tokens that one sequence can hold: start token, prompt and output together.</param>
/// <param name="FeatureWidth">Width of the feature tokens that it attends to.</param>
/// <param name="Explains">Cross-attention can be read after a step.</param>
public sealed record DecoderShape(int VocabularySize, int Capacity, int FeatureWidth, bool Explains);
