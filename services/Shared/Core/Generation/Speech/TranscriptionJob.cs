using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Generation.Speech;

/// <summary>One request for the words of a sound.</summary>
/// <param name="Language">As the model names it: "en"; null lets the model tell it from the first window of sound.</param>
/// <param name="Timestamps">The model says when its segments begin and end; else each window of sound is one.</param>
/// <param name="Words">Each word gets times of its own.</param>
/// <param name="Deadline">When the caller gives up; null if it did not say.</param>
public sealed record TranscriptionJob(
    string RequestId,
    MediaItem Media,
    string? Language = null,
    TranscriptionTask Task = TranscriptionTask.Transcribe,
    bool Timestamps = true,
    bool Words = false,
    ModelSelector? Model = null,
    CacheMode Cache = CacheMode.ReadWrite,
    RequestPriority Priority = RequestPriority.Normal,
    DateTimeOffset? Deadline = null)
{
    /// <summary>Words that the model goes on from: what was said before, or names as they are spelled.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>What has been written of a window is read before the next one.</summary>
    public bool CarriesText { get; init; }

    /// <summary>Whose request it is; null until it has been told.</summary>
    public Tenant? Tenant { get; init; }

    public TemperatureFallback Fallback { get; init; } = TemperatureFallback.Greedy;
}

public enum TranscriptionTask
{
    /// <summary>In the language that is spoken.</summary>
    Transcribe,

    /// <summary>Into English.</summary>
    Translate,
}

/// <summary>One event of a transcript.</summary>
public abstract record TranscriptEvent;

/// <param name="Range">When it is said.</param>
/// <param name="TokenIds">As the model gave them, times included.</param>
/// <param name="MeanLogProb">Of the tokens of its window of sound, the closing one included.</param>
public sealed record TranscriptSegment(TimeRange Range, string Text, IReadOnlyList<int> TokenIds, float MeanLogProb) : TranscriptEvent
{
    /// <summary>Where the window of sound begins that it was written from.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>At which its window was written; 0 took the likeliest tokens.</summary>
    public float Temperature { get; init; }

    /// <summary>That its window holds no speech; null if it was not asked for or the model cannot tell.</summary>
    public float? NoSpeechProb { get; init; }

    /// <summary>In order; empty unless they were asked for.</summary>
    public IReadOnlyList<TranscriptWord> Words { get; init; } = [];
}

/// <param name="Text">With the white space before it.</param>
public sealed record TranscriptWord(TimeRange Range, string Text);

/// <param name="Language">The one that was asked for or told; empty for a model of one language.</param>
/// <param name="Duration">Of the sound that was read.</param>
public sealed record TranscriptFinished(string Language, TimeSpan Duration, ModelIdentity Model) : TranscriptEvent;
