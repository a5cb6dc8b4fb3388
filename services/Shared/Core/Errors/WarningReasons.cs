namespace Sensorium.Core.Errors;

/// <summary>Stable reasons of warnings, part of the versioned API. Each has a row in <see cref="WarningTable"/>.</summary>
public static class WarningReasons
{
    public const string UntrainedFusion = "UNTRAINED_FUSION";
    public const string UntrainedPromptLength = "UNTRAINED_PROMPT_LENGTH";
    public const string UnsupportedLanguage = "UNSUPPORTED_LANGUAGE";
    public const string SegmentsSampled = "SEGMENTS_SAMPLED";
    public const string TextTruncated = "TEXT_TRUNCATED";
    public const string MediaTruncated = "MEDIA_TRUNCATED";
    public const string NotConsidered = "NOT_CONSIDERED";
    public const string TrackMissing = "TRACK_MISSING";
}
