using System.Text;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Testing.Shared.Models;
using Sensorium.Text.Preprocessing;
using Sensorium.Tokenization;
using Xunit;

namespace Sensorium.Text.UnitTests.Preprocessing;

public sealed class TextPreprocessorTests
{
    private const int MaxTokens = 16;

    private static readonly Tokenizer Tokenizer = TokenizerLoader.Load(BundledPack.Instance.Encoders[Modality.Text]);

    private readonly PreprocessingSummary _summary = new();

    [Fact]
    public async Task A_text_is_one_segment_between_its_opening_and_closing_tokens()
    {
        var segment = Assert.Single(await PrepareAsync("a dog runs through the snow"));

        var ids = ((TokenInput)segment.Input).Ids;
        Assert.Equal([Tokenizer.BosTokenId, .. Tokenizer.Encode("a dog runs through the snow").Select(id => (long)id), Tokenizer.EosTokenId], ids);
        Assert.Equal(ids.Length, segment.WorkUnits);
        Assert.Null(segment.Range);
        Assert.Empty(_summary.Warnings);
        Assert.Equal(1, _summary.SegmentsAvailable);
    }

    [Fact]
    public async Task A_text_that_fits_exactly_is_whole_and_one_token_more_is_cut_with_a_warning()
    {
        await PrepareAsync(string.Concat(Enumerable.Repeat(" dog", MaxTokens - 2)));
        Assert.Empty(_summary.Warnings);

        var segment = Assert.Single(await PrepareAsync(string.Concat(Enumerable.Repeat(" dog", MaxTokens - 1))));

        Assert.Equal(MaxTokens, segment.WorkUnits);
        Assert.Equal(Tokenizer.EosTokenId, ((TokenInput)segment.Input).Ids[^1]);
        Assert.True(_summary.Truncated);
        Assert.Contains($"has {MaxTokens - 1} tokens", Assert.Single(_summary.Warnings).Message);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("中")]
    [InlineData("😀")]
    public async Task A_text_of_megabytes_costs_no_more_than_its_beginning(string character)
    {
        var text = string.Concat(Enumerable.Repeat(character, 1_000_000));

        var segment = Assert.Single(await PrepareAsync(text));

        Assert.Equal(MaxTokens, segment.WorkUnits);
        Assert.Equal(
            Tokenizer.Encode(string.Concat(Enumerable.Repeat(character, 100))).Take(4).Select(id => (long)id),
            ((TokenInput)segment.Input).Ids.Skip(1).Take(4));
        Assert.Contains(_summary.Warnings, warning => warning.Reason == WarningReasons.TextTruncated && warning.Message.Contains("more than", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Empty_and_undecodable_texts_are_refused()
    {
        Assert.Equal(ErrorReasons.EmptyMedia, (await Assert.ThrowsAsync<SensoriumException>(() => PrepareAsync(""))).Reason);
        var error = await Assert.ThrowsAsync<SensoriumException>(() => PrepareAsync(Item(), [0x61, 0xFF, 0x62]));
        Assert.Equal((ErrorReasons.UndecodableMedia, true), (error.Reason, error.Message.Contains("byte 1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("一只狗在雪地里奔跑", true)]
    [InlineData("собака бежит", true)]
    [InlineData("a dog 狗 runs", false)]
    [InlineData("un chien court", false)]
    [InlineData("12345 !!! 😀", false)]
    public async Task Text_in_another_script_is_answered_with_a_warning(string text, bool warned)
    {
        await PrepareAsync(text);

        Assert.Equal(warned, _summary.Warnings.Any(warning => warning.Reason == WarningReasons.UnsupportedLanguage));
    }

    [Fact]
    public async Task Subtitles_become_passages_with_their_times()
    {
        var cues = new Cues(
            Cues.Cue(1, 2, "a dog"), Cues.Cue(3, 4, "runs through the snow"), Cues.Cue(50, 51, "a man"), Cues.Cue(52, 53, "in a red shirt"));

        var segments = await PrepareAsync(Subtitles(), [], cues);

        Assert.Equal([(1.0, 4.0), (50.0, 53.0)], segments.Select(Times));
        Assert.Equal(Tokenizer.Encode("a dog runs through the snow").Count + 2, segments[0].WorkUnits);
        Assert.Equal((2, TimeSpan.FromSeconds(52)), (_summary.SegmentsAvailable, _summary.Duration));
    }

    [Fact]
    public async Task A_passage_ends_where_the_model_takes_no_more_tokens()
    {
        var cues = new Cues([.. Enumerable.Range(0, 6).Select(i => Cues.Cue(i, i + 1, "a dog runs through the snow"))]);

        var segments = await PrepareAsync(Subtitles(), [], cues);

        Assert.Equal(3, segments.Count);
        Assert.Empty(_summary.Warnings);
    }

    [Fact]
    public async Task More_passages_than_wanted_are_chosen_evenly()
    {
        var cues = new Cues([.. Enumerable.Range(0, 9).Select(i => Cues.Cue(100 * i, (100 * i) + 1, "snow"))]);

        var segments = await PrepareAsync(Subtitles(), [], cues, maxSegments: 3);

        Assert.Equal([100.0, 400.0, 700.0], segments.Select(segment => Times(segment).Start));
        Assert.Equal((9, true), (_summary.SegmentsAvailable, _summary.Truncated));
    }

    [Fact]
    public async Task Subtitles_without_text_and_other_tracks_are_refused()
    {
        var empty = await Assert.ThrowsAsync<SensoriumException>(() => PrepareAsync(Subtitles(), [], new Cues()));
        var track = await Assert.ThrowsAsync<SensoriumException>(() => PrepareAsync(Item() with { Track = MediaTrack.Frames }, [1]));

        Assert.Equal((ErrorReasons.EmptyMedia, ErrorReasons.UnsupportedTrack), (empty.Reason, track.Reason));
    }

    [Fact]
    public void The_digest_changes_with_what_changes_the_tokens()
    {
        var digests = new[] { Create(new Cues(), "a", 16), Create(new Cues(), "a", 17), Create(new Cues(), "b", 16) }.Select(one => one.Digest);

        Assert.Equal(3, digests.Distinct().Count());
    }

    private static MediaItem Item() => new("text", new TextSource(""));

    private static MediaItem Subtitles() => Item() with { Modality = Modality.Video, Track = MediaTrack.Subtitles };

    private static (double Start, double End) Times(PreparedSegment segment) =>
        (segment.Range!.Value.Start.TotalSeconds, segment.Range.Value.End!.Value.TotalSeconds);

    private static IMediaPreprocessor Create(ISubtitleReader subtitles, string digest = "digest", int maxTokens = MaxTokens) =>
        TextPreprocessing.Create(Tokenizer, digest, maxTokens, ["en"], subtitles);

    private Task<List<PreparedSegment>> PrepareAsync(string text) => PrepareAsync(Item(), Encoding.UTF8.GetBytes(text));

    private async Task<List<PreparedSegment>> PrepareAsync(MediaItem item, byte[] data, ISubtitleReader? subtitles = null, int maxSegments = 64)
    {
        await using var content = new MemoryContent(data);
        var request = new PreprocessingRequest(maxSegments, _summary);
        return await Create(subtitles ?? new Cues()).PrepareAsync(item, content, request, CancellationToken.None).ToListAsync();
    }
}
