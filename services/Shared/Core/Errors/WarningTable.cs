namespace Sensorium.Core.Errors;

/// <summary>One row for each reason of a warning. docs/errors.md is written from here by scripts/errors_doc.py.</summary>
public static class WarningTable
{
    public static IReadOnlyList<WarningRow> Rows { get; } =
    [
        new WarningRow(WarningReasons.UntrainedFusion, "the decoder was not trained for this combination of modalities; or a video's subtitles, for which nobody asked by name, were left out because of that"),
        new WarningRow(WarningReasons.UntrainedPromptLength, "the prompt is longer than those that the decoder was trained with"),
        new WarningRow(WarningReasons.UnsupportedLanguage, "the text is in a language that the model does not understand"),
        new WarningRow(WarningReasons.SegmentsSampled, "the medium has more segments than were used; they were evenly chosen"),
        new WarningRow(WarningReasons.TextTruncated, "the text has more tokens than the encoder reads"),
        new WarningRow(WarningReasons.MediaTruncated, "the content ends in the middle or is damaged; what could be decoded was used"),
        new WarningRow(WarningReasons.NotConsidered, "a field or a medium of a case counts for nothing: no case that the decider was taught by had one, or there is no decider and it is a field"),
        new WarningRow(WarningReasons.TrackMissing, "a video has no sound, or one of its tracks cannot be read or its service or a model for it is not there; the other tracks were used"),
    ];
}

/// <param name="Reason">One of <see cref="WarningReasons"/>.</param>
/// <param name="When">What the caller should know.</param>
public sealed record WarningRow(string Reason, string When);
