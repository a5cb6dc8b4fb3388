namespace Sensorium.Core.Generation.Speech.Ctc;

/// <summary>What a model of connectionist temporal classification writes with.</summary>
/// <param name="Characters">Text of each id, by id; empty for those that stand for none, as the unknown one.</param>
/// <param name="BlankId">Stands between characters: a character that is there twice in a row has it in between.</param>
/// <param name="DelimiterId">Stands between words; null if the model writes none.</param>
/// <param name="FrameTime">From one token of the encoder to the next.</param>
public sealed record CtcModel(IReadOnlyList<string> Characters, int BlankId, int? DelimiterId, TimeSpan FrameTime);
