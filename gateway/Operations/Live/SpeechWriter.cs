using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Live.Sound;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Writes down what is said in pieces of sound.</summary>
internal sealed class SpeechWriter(ITranscriber transcriber, TranscriptPlan plan, LiveReporter reporter)
{
    public async Task WriteAsync(SoundPiece piece, CancellationToken cancellationToken)
    {
        await foreach (var said in transcriber.TranscribeAsync(plan.Job(piece.ToItem()), cancellationToken))
        {
            if (said is TranscriptSegment segment && !string.IsNullOrWhiteSpace(segment.Text))
            {
                var moved = Move(segment, piece.Moment.Range.Start);
                await reporter.TellAsync(new SpeechWritten(piece.Moment with { Range = moved.Range }, moved), cancellationToken);
            }
        }
    }

    private static TranscriptSegment Move(TranscriptSegment segment, TimeSpan by) => segment with
    {
        Range = Move(segment.Range, by),
        Window = segment.Window + by,
        Words = [.. segment.Words.Select(word => word with { Range = Move(word.Range, by) })],
    };

    private static TimeRange Move(TimeRange range, TimeSpan by) => new(range.Start + by, range.End + by);
}
