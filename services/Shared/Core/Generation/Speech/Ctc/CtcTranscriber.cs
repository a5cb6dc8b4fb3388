using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation.Speech.Ctc;

/// <summary>
/// Reads a sound window by window and joins the characters that its encoder scores. Windows overlap, and what is near their edges is
/// taken from the one that knows what comes before and after.
/// </summary>
public sealed class CtcTranscriber : IModelTranscriber
{
    // Of a window of half a minute, as long as Hugging Face's pipeline leaves at each edge.
    private static readonly TimeSpan Edge = TimeSpan.FromSeconds(5);

    private readonly SpeechWindows _windows;
    private readonly CtcModel _model;

    /// <param name="encoder">The encoder of sound; null if none is configured.</param>
    public CtcTranscriber(Func<IEncoder?> encoder, ModelIdentity identity, CtcModel model)
    {
        (Identity, _model) = (identity, model);
        _windows = new SpeechWindows(encoder, identity.Id);
    }

    public ModelIdentity Identity { get; }

    public async IAsyncEnumerable<TranscriptEvent> TranscribeAsync(TranscriptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Check(job);
        var start = job.Media.Range?.Start ?? TimeSpan.Zero;
        var writer = new CtcWriter(_model);
        var (at, end, used) = (start, start, Identity);
        for (var isLast = false; !isLast; at += SpeechModel.Window - (2 * Edge))
        {
            if (await _windows.EncodeAsync(job, at, isFirst: at == start, cancellationToken) is not { Segments: [var window, ..] } encoded)
            {
                break;
            }

            (end, used) = (window.Range!.Value.End!.Value, encoded.Model);
            isLast = end - at < SpeechModel.Window;
            var scores = window.Features!;
            writer.Read(scores, at == start ? 0 : Frames(Edge), isLast ? scores.Tokens : Math.Min(scores.Tokens, Frames(SpeechModel.Window - Edge)), Frames(at - start));
            if (Segment(writer.Take(isLast), start, end, job.Words) is { } segment)
            {
                yield return segment;
            }
        }

        yield return new TranscriptFinished("", end - start, used);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Check(TranscriptionJob job)
    {
        if (job.Language is { } language)
        {
            throw Invalid("language", $"Language '{language}' was asked for, but the model is of one language.");
        }

        if (job.Task != TranscriptionTask.Transcribe)
        {
            throw Invalid("task", "The model cannot translate.");
        }

        if (job.Prompt.Length > 0 || job.CarriesText)
        {
            var field = job.CarriesText ? "carry_text" : "prompt";
            throw Invalid(field, $"{field} is set, but the model scores characters and reads no text.");
        }

        // Those after 0 are for what is better written again, and such a model has nothing better.
        if (job.Fallback.Temperatures is [> 0, ..])
        {
            throw Invalid("temperatures", "temperatures begin above 0, but the model scores characters and draws nothing.");
        }
    }

    private TranscriptSegment? Segment(CtcWords written, TimeSpan start, TimeSpan end, bool withWords)
    {
        if (written.Words.Count == 0)
        {
            return null;
        }

        var text = string.Concat(written.Words.Select(word => word.Text)).Trim();
        int[] ids = [.. written.Tokens.Select(token => token.Id)];
        var range = RangeOf(written.Words[0].Start, written.Words[^1].End);
        return new TranscriptSegment(range, text, ids, written.Tokens.Average(token => token.LogProb))
        {
            Window = start,
            Words = withWords ? [.. written.Words.Select(word => new TranscriptWord(RangeOf(word.Start, word.End), word.Text))] : [],
        };

        TimeRange RangeOf(int first, int behind) => new(Within(start + (first * _model.FrameTime)), Within(start + (behind * _model.FrameTime)));

        TimeSpan Within(TimeSpan time) => time < end ? time : end;
    }

    private int Frames(TimeSpan time) => (int)Math.Round(time / _model.FrameTime);

    private static SensoriumException Invalid(string field, string message) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, message, $"parameters.{field}");
}
