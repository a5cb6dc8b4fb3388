using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Ffmpeg;

namespace Sensorium.Text.Preprocessing;

/// <summary>A text to one segment; the subtitles of a video to passages with their times.</summary>
internal sealed class TextPreprocessor(ITextWindow window, LanguageCheck languages, ISubtitleReader subtitles, object parameters) : IMediaPreprocessor
{
    public string Digest { get; } = ParameterDigest.Of(parameters);

    public IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item, IMediaContent content, PreprocessingRequest request, CancellationToken cancellationToken) => item.Track switch
        {
            MediaTrack.Default when item.Modality != Modality.Video => PrepareTextAsync(content, request, cancellationToken),
            MediaTrack.Subtitles => PrepareSubtitlesAsync(item, content, request, cancellationToken),
            _ => throw SensoriumException.Invalid(
                ErrorReasons.UnsupportedTrack,
                $"The text encoder reads texts, and track {MediaTrack.Subtitles} of a video; {item.Track} of {item.Modality} was asked for."),
        };

    private async IAsyncEnumerable<PreparedSegment> PrepareTextAsync(
        IMediaContent content, PreprocessingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (text, cut) = await TextContent.ReadAsync(content, window.MaxBytes, cancellationToken);
        request.Summary.SegmentsAvailable = 1;
        WarnOfLanguage(text, request.Summary);
        yield return Segment(null, window.Cut(text, cut, request));
    }

    private async IAsyncEnumerable<PreparedSegment> PrepareSubtitlesAsync(
        MediaItem item, IMediaContent content, PreprocessingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        item.Range?.Validate();
        var passages = new SubtitlePassages(window);
        await foreach (var cue in subtitles.ReadAsync(content, item.Range, cancellationToken))
        {
            passages.Add(cue);
        }

        if (passages.All.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.EmptyMedia, "The subtitle track has no text in this range.");
        }

        var chosen = SegmentChoice.Evenly(passages.All.Count, Math.Max(1, request.MaxSegments));
        request.Summary.SegmentsAvailable = passages.All.Count;
        request.Summary.Truncated = chosen.Count < passages.All.Count;
        request.Summary.Duration = passages.All[^1].Range.End - passages.All[0].Range.Start;
        WarnOfLanguage(string.Join(' ', chosen.Select(index => passages.All[index].Text)), request.Summary);
        foreach (var index in chosen)
        {
            var passage = passages.All[index];
            yield return Segment(passage.Range, window.Cut(passage.Text, alreadyCut: false, request));
        }
    }

    private static PreparedSegment Segment(TimeRange? range, TokenInput input) => new(range, input, input.Ids.Length);

    private void WarnOfLanguage(string text, PreprocessingSummary summary)
    {
        if (languages.Problem(text) is { } problem)
        {
            summary.Warnings.Add(new MediaWarning(WarningReasons.UnsupportedLanguage, problem));
        }
    }
}
