using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Generation.Speech.Ctc;
using Sensorium.Core.Media;
using Sensorium.Core.UnitTests.Generation.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Speech.Ctc;

public sealed class CtcTranscriberTests
{
    private static readonly ModelIdentity Identity = new("speech", "r", "fp32", "s", "", "cpu", "");
    private static readonly CtcModel Model = new(["", "", "a", "b"], BlankId: 0, DelimiterId: 1, TimeSpan.FromSeconds(1));

    // One frame a second. The second window, from 20 s on, would say otherwise what the first one says up to 25 s.
    [Fact]
    public async Task Windows_overlap_and_their_edges_are_left_to_their_neighbours()
    {
        var asked = new List<(double From, double To)>();
        var encoder = new ScriptedEncoder(Modality.Audio, item =>
        {
            var range = item.Range!.Value;
            asked.Add((range.Start.TotalSeconds, range.End!.Value.TotalSeconds));
            return range.Start == TimeSpan.Zero
                ? Answer(item, 30, new string('_', 4) + "aaaa" + new string('_', 14) + "bbb" + "baaaa")
                : Answer(item, 12, "aaaaa" + "b|a_" + "|aa");
        });

        var events = await ReadAsync(encoder, new TimeRange(TimeSpan.Zero, TimeSpan.FromSeconds(32)));

        Assert.Equal([(0, 30), (20, 32)], asked);
        var segments = events.OfType<TranscriptSegment>().ToArray();
        Assert.Equal("ab a a", string.Join(' ', segments.Select(segment => segment.Text)));
        Assert.Equal([(4, 26), (27, 28), (30, 32)], segments.SelectMany(segment => segment.Words).Select(word => (word.Range.Start.TotalSeconds, word.Range.End!.Value.TotalSeconds)));
        Assert.Equal(TimeSpan.FromSeconds(32), Assert.IsType<TranscriptFinished>(events[^1]).Duration);
    }

    [Fact]
    public async Task Silence_has_no_segments()
    {
        var events = await ReadAsync(new ScriptedEncoder(Modality.Audio, item => Answer(item, 3, "___")), null);

        Assert.Equal(TimeSpan.FromSeconds(3), Assert.IsType<TranscriptFinished>(Assert.Single(events)).Duration);
    }

    [Fact]
    public async Task What_the_encoder_says_of_the_sound_is_passed_on() => Assert.Equal(
        ErrorReasons.UndecodableMedia,
        (await Assert.ThrowsAsync<SensoriumException>(() => ReadAsync(
            new ScriptedEncoder(Modality.Audio, item => EncodeOutcome.Failed(item.ItemId, SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "broken"))), null))).Reason);

    private static async Task<List<TranscriptEvent>> ReadAsync(IEncoder encoder, TimeRange? range)
    {
        await using var transcriber = new CtcTranscriber(() => encoder, Identity, Model);
        var job = new TranscriptionJob("r", new MediaItem("i", new TextSource("x"), Modality.Audio) { Range = range }, Words: true);
        var events = new List<TranscriptEvent>();
        await foreach (var said in transcriber.TranscribeAsync(job, CancellationToken.None))
        {
            events.Add(said);
        }

        return events;
    }

    private static EncodeOutcome Answer(MediaItem item, int seconds, string frames)
    {
        var start = item.Range!.Value.Start;
        var scores = new float[frames.Length * 4];
        for (var i = 0; i < frames.Length; i++)
        {
            scores[(i * 4) + "_|ab".IndexOf(frames[i], StringComparison.Ordinal)] = 1;
        }

        var segment = new EncodedSegment(new TimeRange(start, start + TimeSpan.FromSeconds(seconds)), new float[] { 1 }, new FeatureSequence(frames.Length, 4, scores));
        return new EncodeOutcome(item.ItemId) { Encoded = new EncodedMedia(new float[] { 1 }, [segment], 1, false, Identity) };
    }
}
