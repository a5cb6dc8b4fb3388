namespace Sensorium.Core.Encoding;

/// <summary>How the texts of a batch are read, by models that know these things.</summary>
/// <param name="Prompt">Name of the model's prompt that is put before each text; empty for none.</param>
/// <param name="PairedWith">A text that each item is the second of a pair with; null for texts that stand alone.</param>
/// <param name="Truncate">Read the beginning of a text that is longer than the model's limit, instead of refusing it.</param>
public sealed record TextReading(string Prompt = "", string? PairedWith = null, bool Truncate = false)
{
    public static TextReading Plain { get; } = new();
}
