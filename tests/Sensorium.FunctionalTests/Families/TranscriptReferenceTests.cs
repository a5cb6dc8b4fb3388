using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class TranscriptReferenceInOneProcess(TinyModelsInOneProcess deployment) : TranscriptReferenceTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class TranscriptReferenceInSixProcesses(TinyModelsInSixProcesses deployment) : TranscriptReferenceTests(deployment);

/// <summary>Speech models write down, token by token, what @huggingface/transformers writes from the same folder.</summary>
public abstract class TranscriptReferenceTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const string Whisper = "tiny-whisper";

    [Theory]
    [InlineData(Whisper)]
    public async Task Greedy_transcripts_equal_the_reference(string model)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);

        var written = await Task.WhenAll(reference.Answer.Transcripts.Select(async expected =>
        {
            var request = Request(model, TinyModels.Media(expected.Sound));
            request.Parameters = new V1.TranscriptionParameters
            {
                Language = expected.Language ?? "",
                Task = expected.Task == "translate" ? V1.TranscriptionTask.Translate : V1.TranscriptionTask.Transcribe,
                WithoutTimestamps = true,
                Words = true,
            };
            return (Expected: expected, Events: await TranscribeAsync(request));
        }));

        Assert.All(written, one =>
        {
            Assert.Equal(one.Expected.Tokens, Assert.Single(one.Events, said => said.Segment is not null).Segment.TokenIds);
            AssertWords(one.Expected, reference.Answer.FirstTime, one.Events[0].Segment);
            Assert.Equal((one.Expected.Language ?? "", model), (one.Events[^1].Finished.Language, one.Events[^1].Finished.Model.Id));
        });
    }

    [Fact]
    public async Task Words_before_the_sound_are_read_as_the_reference_reads_them()
    {
        var reference = TinyModels.Reference<Question, Answer>(Whisper);

        foreach (var expected in reference.Answer.Prompted)
        {
            var request = Request(Whisper, TinyModels.Media(expected.Sound));
            request.Parameters = new V1.TranscriptionParameters { Language = "en", WithoutTimestamps = true, Prompt = reference.Question.Prompt };

            Assert.Equal(expected.Tokens, await TokensAsync(request));
        }
    }

    [Fact]
    public async Task A_text_that_cannot_be_trusted_is_written_again_at_the_next_temperature()
    {
        var request = Request(Whisper, TinyModels.Media("sound-16k-1s.wav"));
        request.Parameters = new V1.TranscriptionParameters { Language = "en", WithoutTimestamps = true };
        var greedy = await TokensAsync(request);
        request.Parameters.Temperatures.Add([0, 1]);
        (request.Parameters.MaxCompressionRatio, request.Parameters.MinMeanLogprob) = (1000, -1000);
        var trusted = await TokensAsync(request);
        request.Parameters.MinMeanLogprob = 0;
        var (drawn, again) = (await TokensAsync(request), await TokensAsync(request));

        Assert.Equal(greedy, trusted);
        Assert.NotEqual(greedy, drawn);
        Assert.Equal(drawn, again);
    }

    [Fact]
    public async Task The_likeliest_of_several_drawn_texts_is_taken()
    {
        var request = Request(Whisper, TinyModels.Media("sound-16k-1s.wav"));
        request.Parameters = new V1.TranscriptionParameters { Language = "en", WithoutTimestamps = true, Words = true, Temperatures = { 1 } };
        var one = Assert.Single(await SegmentsAsync(request));
        request.Parameters.BestOf = 4;
        var best = Assert.Single(await SegmentsAsync(request));

        Assert.True(best.MeanLogprob > one.MeanLogprob, $"{best.MeanLogprob} is not over {one.MeanLogprob}");
        Assert.Equal((1, 1), (one.Temperature, best.Temperature));
        Assert.NotEmpty(best.Words);
    }

    [Fact]
    public async Task How_likely_silence_is_equals_the_reference_and_decides_what_is_left_out()
    {
        var reference = TinyModels.Reference<Question, Answer>(Whisper);

        foreach (var expected in reference.Answer.Silent)
        {
            var request = Request(Whisper, TinyModels.Media(expected.Sound));
            request.Parameters = new V1.TranscriptionParameters { Language = "en", MaxNoSpeechProb = 1 };
            Assert.All(await SegmentsAsync(request), segment => Assert.Equal(expected.Probability, segment.NoSpeechProb, 1e-6));

            // More silent than asked for, and less likely than any text.
            (request.Parameters.MaxNoSpeechProb, request.Parameters.MinMeanLogprob) = ((float)expected.Probability / 2, 0);
            var events = await TranscribeAsync(request);
            Assert.NotNull(Assert.Single(events).Finished);
            Assert.True(events[0].Finished.Duration.ToTimeSpan() > TimeSpan.Zero);
        }
    }

    [Theory]
    [InlineData(100u, null, "best_of")]
    [InlineData(1u, 1.5f, "max_no_speech_prob")]
    public async Task Draws_and_silence_out_of_range_are_refused(uint bestOf, float? noSpeech, string named)
    {
        var request = Request(Whisper, Sounds.Tone(1, 440));
        request.Parameters = new V1.TranscriptionParameters { BestOf = bestOf };
        if (noSpeech is { } most)
        {
            request.Parameters.MaxNoSpeechProb = most;
        }

        await ExpectFailureAsync(() => TranscribeAsync(request), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, named);
    }

    [Fact]
    public async Task What_was_written_of_a_window_is_read_before_the_next_on_demand()
    {
        var request = Request(Whisper, Sounds.Tone(40, 440));
        request.Parameters = new V1.TranscriptionParameters { Language = "de", WithoutTimestamps = true };
        var alone = await SegmentsAsync(request);
        request.Parameters.CarryText = true;
        var carried = await SegmentsAsync(request);

        Assert.Equal((2, 2), (alone.Length, carried.Length));
        Assert.Equal(alone[0].TokenIds, carried[0].TokenIds);
        Assert.NotEqual(alone[1].TokenIds, carried[1].TokenIds);
    }

    [Theory]
    [InlineData(-1f, "temperatures[0]")]
    [InlineData(3f, "temperatures[0]")]
    public async Task A_temperature_out_of_range_is_refused(float temperature, string named)
    {
        var request = Request(Whisper, Sounds.Tone(1, 440));
        request.Parameters = new V1.TranscriptionParameters { Temperatures = { temperature } };

        await ExpectFailureAsync(() => TranscribeAsync(request), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, named);
    }

    [Fact]
    public async Task Segments_have_times_in_order_within_the_sound()
    {
        var events = await TranscribeAsync(Request(Whisper, TinyModels.Media("sound-16k-3s.wav")));

        var segments = events.Where(said => said.Segment is not null).Select(said => said.Segment).ToArray();
        Assert.NotEmpty(segments);
        Assert.All(segments, segment => Assert.True(segment.Range.Start.ToTimeSpan() <= segment.Range.End.ToTimeSpan()));
        Assert.Equal(segments.OrderBy(segment => segment.Range.Start.ToTimeSpan()), segments);
        Assert.Equal(3, events[^1].Finished.Duration.ToTimeSpan().TotalSeconds, 0.11);
        Assert.Contains(events[^1].Finished.Language, (string[])["en", "de", "fr"]);
    }

    [Fact]
    public async Task A_sound_of_several_windows_is_read_to_its_end()
    {
        var request = Request(Whisper, Sounds.Tone(70, 440));
        request.Parameters = new V1.TranscriptionParameters { Language = "de", WithoutTimestamps = true };

        var events = await TranscribeAsync(request);

        Assert.Equal([0, 30, 60], events.Where(said => said.Segment is not null).Select(said => said.Segment.Range.Start.ToTimeSpan().TotalSeconds));
        Assert.Equal(70, events[^1].Finished.Duration.ToTimeSpan().TotalSeconds, 0.01);
    }

    [Fact]
    public async Task The_sound_of_a_video_is_read()
    {
        var events = await TranscribeAsync(Request(Whisper, Videos.WithTracks));

        Assert.NotNull(events[^1].Finished);
    }

    [Theory]
    [InlineData("xx", StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "de, en, fr")]
    public async Task A_language_that_the_model_does_not_know_is_refused(string language, StatusCode code, string reason, string named)
    {
        var request = Request(Whisper, Sounds.Tone(1, 440));
        request.Parameters = new V1.TranscriptionParameters { Language = language };

        await ExpectFailureAsync(() => TranscribeAsync(request), code, reason, named);
    }

    [Fact]
    public async Task A_picture_and_a_model_without_speech_are_refused()
    {
        await ExpectFailureAsync(
            () => TranscribeAsync(Request(Whisper, Pictures.Png(1))), StatusCode.InvalidArgument, ErrorReasons.ModalityMismatch, "Image");
        await ExpectFailureAsync(
            () => TranscribeAsync(Request("tiny-trocr", Sounds.Tone(1, 440))), StatusCode.FailedPrecondition, ErrorReasons.ModelMismatch, Whisper);
    }

    // Words are what is no time: the first begins and the last ends with their tokens, and the others begin with one of theirs.
    private static void AssertWords(Transcript expected, int firstTime, V1.TranscriptSegment segment)
    {
        int[] places = [.. expected.Tokens.Index().Where(token => token.Item < firstTime).Select(token => token.Index)];
        Assert.NotEmpty(places);
        Assert.Equal(expected.Times[places[0]], Seconds(segment.Words[0].Range.Start), 1e-3);
        Assert.Equal(expected.Times[Math.Min(places[^1] + 1, expected.Times.Length - 1)], Seconds(segment.Words[^1].Range.End), 1e-3);
        Assert.All(segment.Words, word => Assert.Contains(places, place => Math.Abs(expected.Times[place] - Seconds(word.Range.Start)) < 1e-3));
    }

    private static double Seconds(Duration time) => time.ToTimeSpan().TotalSeconds;

    private async Task<IEnumerable<int>> TokensAsync(V1.TranscribeRequest request) => (await SegmentsAsync(request)).SelectMany(segment => segment.TokenIds);

    private async Task<V1.TranscriptSegment[]> SegmentsAsync(V1.TranscribeRequest request) =>
        [.. (await TranscribeAsync(request)).Where(said => said.Segment is not null).Select(said => said.Segment)];

    private async Task<List<V1.TranscriptEvent>> TranscribeAsync(V1.TranscribeRequest request)
    {
        using var call = Client.Transcribe(request);
        var events = new List<V1.TranscriptEvent>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            events.Add(response.Event);
        }

        return events;
    }

    private static V1.TranscribeRequest Request(string model, byte[] sound) =>
        new() { Model = new V1.ModelSelector { Id = model }, Media = Data(sound) };

    private sealed record Question(string[] Sounds, string Prompt);

    private sealed record Answer(Transcript[] Transcripts, Prompted[] Prompted, Silence[] Silent, int FirstTime);

    private sealed record Silence(string Sound, double Probability);

    private sealed record Prompted(string Sound, int[] Tokens);

    private sealed record Transcript(string Sound, string? Language, string? Task, int[] Tokens, double[] Times);
}
