using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;

namespace Sensorium.Text.Preprocessing;

/// <summary>A stretch of subtitles that is encoded as one text.</summary>
internal sealed record SubtitlePassage(TimeRange Range, string Text);

/// <summary>
/// Joins consecutive cues into passages, because a cue alone is half a sentence: as long as the model takes the tokens and the
/// passage stays within half a minute.
/// </summary>
internal sealed class SubtitlePassages(ITextWindow window)
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(30);

    private readonly List<SubtitlePassage> _passages = [];

    public IReadOnlyList<SubtitlePassage> All => _passages;

    public void Add(SubtitleCue cue)
    {
        if (_passages.Count > 0 && Join(_passages[^1], cue) is { } joined)
        {
            _passages[^1] = joined;
        }
        else
        {
            _passages.Add(new SubtitlePassage(new TimeRange(cue.Start, cue.End), cue.Text));
        }
    }

    private SubtitlePassage? Join(SubtitlePassage passage, SubtitleCue cue)
    {
        var end = cue.End > passage.Range.End ? cue.End : passage.Range.End!.Value;
        var text = $"{passage.Text} {cue.Text}";
        return end - passage.Range.Start <= MaxDuration && window.CountTokens(text) <= window.MaxTokens
            ? new SubtitlePassage(passage.Range with { End = end }, text)
            : null;
    }
}
