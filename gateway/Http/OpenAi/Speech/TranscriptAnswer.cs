using System.Globalization;
using System.Text;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Http.OpenAi.Speech;

/// <summary>A whole transcript in the form that was asked for.</summary>
internal static class TranscriptAnswer
{
    // Of a spectrogram's columns, in which Whisper counts.
    private static readonly TimeSpan StepOfSeek = TimeSpan.FromMilliseconds(10);

    public static IResult Of(TranscriptionRequest request, TranscriptionTask task, IReadOnlyList<TranscriptSegment> segments, TranscriptFinished finished)
    {
        var text = string.Join(' ', segments.Select(segment => segment.Text).Where(part => part.Length > 0));
        var usage = new DurationUsage(finished.Duration.TotalSeconds);
        return request.Format switch
        {
            TranscriptFormat.Text => Results.Text($"{text}\n"),
            TranscriptFormat.Srt => Results.Text(Subtitles(segments, "", ',', numbered: true), "application/x-subrip"),
            TranscriptFormat.Vtt => Results.Text(Subtitles(segments, "WEBVTT\n\n", '.', numbered: false), "text/vtt"),
            TranscriptFormat.VerboseJson => Results.Json(Verbose(request, task, text, segments, finished, usage), SpeechJson.Default.VerboseTranscript),
            _ => Results.Json(new Transcript(text, usage), SpeechJson.Default.Transcript),
        };
    }

    private static VerboseTranscript Verbose(
        TranscriptionRequest request, TranscriptionTask task, string text, IReadOnlyList<TranscriptSegment> segments, TranscriptFinished finished, DurationUsage usage) => new(
        task == TranscriptionTask.Translate ? "translate" : "transcribe",
        finished.Language,
        finished.Duration.TotalSeconds,
        text,
        request.Segments ? [.. segments.Select(ToSegment)] : null,
        request.Words ? [.. segments.SelectMany(segment => segment.Words).Select(word => new SpokenWord(word.Text.Trim(), Start(word.Range), End(word.Range)))] : null,
        usage);

    private static VerboseSegment ToSegment(TranscriptSegment segment, int id) => new(
        id,
        (int)(segment.Window / StepOfSeek),
        Start(segment.Range),
        End(segment.Range),
        segment.Text,
        segment.TokenIds,
        Math.Round(segment.Temperature, 4),
        segment.MeanLogProb,
        TemperatureFallback.CompressionRatio(segment.Text),
        segment.NoSpeechProb);

    private static string Subtitles(IReadOnlyList<TranscriptSegment> segments, string head, char beforeMilliseconds, bool numbered)
    {
        var subtitles = new StringBuilder(head);
        foreach (var (i, segment) in segments.Index())
        {
            subtitles.Append(numbered ? $"{i + 1}\n" : "")
                .Append(CultureInfo.InvariantCulture, $"{Time(segment.Range.Start)} --> {Time(segment.Range.End ?? segment.Range.Start)}\n{segment.Text}\n\n");
        }

        return subtitles.ToString();

        string Time(TimeSpan time) => string.Create(
            CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}{beforeMilliseconds}{time.Milliseconds:000}");
    }

    private static double Start(TimeRange range) => range.Start.TotalSeconds;

    private static double End(TimeRange range) => (range.End ?? range.Start).TotalSeconds;
}
