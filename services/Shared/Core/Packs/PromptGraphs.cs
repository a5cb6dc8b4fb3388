namespace Sensorium.Core.Packs;

/// <summary>Graphs by which a prompt is read together with the media, before decoding begins.</summary>
/// <param name="Embed">Makes vectors of tokens: of the prompt's, and of those that the decoder writes.</param>
/// <param name="Encoder">Reads the media's vectors and the prompt's as one sequence, which the decoder then attends to.</param>
public sealed record PromptGraphs(string Embed, string Encoder);
