namespace Sensorium.Core.Generation.Speech;

/// <summary>What a speech model's generation_config.json says beside how it decodes.</summary>
/// <param name="Languages">Token of each language by its code, as "en"; empty for a model of one language.</param>
/// <param name="Tasks">Token of each task by its name, as "translate"; empty for a model of one task.</param>
/// <param name="NoTimestampsId">Fed last before a text without times; the tokens behind it are times. Null if the model knows no times.</param>
/// <param name="AlignmentHeads">Heads that look at what is being said; empty if nobody has found out which.</param>
/// <param name="MaxInitialTimestamp">The first segment begins no later than so many steps of time; null: anywhere.</param>
public sealed record SpeechModel(
    GenerationDefaults Defaults,
    IReadOnlyDictionary<string, int> Languages,
    IReadOnlyDictionary<string, int> Tasks,
    int? NoTimestampsId,
    int? MaxInitialTimestamp,
    IReadOnlyList<(int Layer, int Head)> AlignmentHeads)
{
    /// <summary>Fed before what was said before; null if the model reads no such thing.</summary>
    public int? PreviousTextId { get; init; }

    /// <summary>As likely at the start as there is nothing to write; null if the model knows no such token.</summary>
    public int? NoSpeechId { get; init; }

    /// <summary>Most tokens of a second of sound; 0 where the decoder's capacity alone limits them.</summary>
    public int TokensPerSecond { get; init; }

    /// <summary>Sound that one run of the encoder reads.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromSeconds(30);

    /// <summary>From one token of time to the next.</summary>
    public static TimeSpan TimeStep { get; } = TimeSpan.FromMilliseconds(20);

    public bool IsMultilingual => Languages.Count > 0;

    /// <summary>The token that means 0 seconds; beyond every vocabulary if there are none.</summary>
    public int FirstTimestampId => NoTimestampsId is { } id ? id + 1 : int.MaxValue;
}
