using System.Runtime.CompilerServices;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Hears two sentences in everything, and remembers what it was asked.</summary>
internal sealed class FakeTranscriber : ITranscriber
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public TranscriptionJob? Job { get; private set; }

    /// <summary>Set to fail behind the first sentence.</summary>
    public SensoriumException? Failure { get; set; }

    public async IAsyncEnumerable<TranscriptEvent> TranscribeAsync(TranscriptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Job = job;
        await Task.Yield();
        yield return Segment("Hello you.", TimeSpan.Zero, TimeSpan.FromSeconds(1.5), job.Words);
        _ = Failure is null ? 0 : throw Failure;
        yield return Segment("Bye.", Hour, Hour + TimeSpan.FromMilliseconds(2_250), job.Words);
        yield return new TranscriptFinished("en", Hour + TimeSpan.FromSeconds(3), FakeGenerator.Model);
    }

    private static TranscriptSegment Segment(string text, TimeSpan start, TimeSpan end, bool withWords) => new(new TimeRange(start, end), text, [1, 2], -0.25f)
    {
        Window = start == Hour ? start - TimeSpan.FromMilliseconds(300) : start,
        Temperature = 0.4f,
        NoSpeechProb = 0.125f,
        Words = withWords ? [.. text.Split(' ').Select(word => new TranscriptWord(new TimeRange(start, end), $" {word}"))] : [],
    };
}
