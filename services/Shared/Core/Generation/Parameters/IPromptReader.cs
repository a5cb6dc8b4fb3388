using Sensorium.Core.Generation.Regions;

namespace Sensorium.Core.Generation.Parameters;

/// <summary>Turns the prompt of a request into what a decoder reads of it.</summary>
public interface IPromptReader
{
    /// <exception cref="Errors.SensoriumException">PROMPT_TOO_LONG, or INVALID_PARAMETER: the model cannot read it.</exception>
    ReadPrompt Read(string? prompt);
}

/// <param name="Tokens">Fed to the decoder before the first one is produced: the start token, then what it continues.</param>
/// <param name="Words">Read together with the media, before decoding begins.</param>
public sealed record ReadPrompt(int[] Tokens, int[] Words)
{
    /// <summary>What the answer says beside its words.</summary>
    public RegionForm Regions { get; init; }
}
