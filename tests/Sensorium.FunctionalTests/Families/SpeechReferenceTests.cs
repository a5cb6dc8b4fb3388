using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class SpeechReferenceInOneProcess(TinyModelsInOneProcess deployment) : SpeechReferenceTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class SpeechReferenceInSixProcesses(TinyModelsInSixProcesses deployment) : SpeechReferenceTests(deployment);

/// <summary>Models that read samples write down what @huggingface/transformers writes from the same folder.</summary>
public abstract class SpeechReferenceTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const int Blank = 0;
    private const string Ctc = "tiny-wav2vec2-ctc";
    private const string Moonshine = "tiny-moonshine";

    [Theory]
    [InlineData(Ctc)]
    [InlineData("tiny-hubert-ctc")]
    public async Task The_likeliest_characters_are_joined_as_the_reference_joins_them(string model)
    {
        var reference = TinyModels.Reference<Question, Frames>(model);

        var written = await Task.WhenAll(reference.Answer.Transcripts.Select(async expected =>
            (Expected: expected, Events: await TranscribeAsync(model, TinyModels.Media(expected.Sound), words: true))));

        Assert.All(written, one =>
        {
            var segment = Assert.Single(one.Events, said => said.Segment is not null).Segment;
            var frames = one.Expected.Frames;
            Assert.Equal(frames.Where((id, i) => id != Blank && (i == 0 || id != frames[i - 1])), segment.TokenIds);
            Assert.Equal(one.Expected.Text, segment.Text);
            Assert.Equal(one.Expected.Text.Split(' '), segment.Words.Select(word => word.Text.Trim()));
            Assert.Equal(("", model), (one.Events[^1].Finished.Language, one.Events[^1].Finished.Model.Id));
        });
    }

    [Fact]
    public async Task Few_tokens_a_second_are_written_as_the_reference_writes_them()
    {
        var reference = TinyModels.Reference<Question, Written>(Moonshine);

        var written = await Task.WhenAll(reference.Answer.Transcripts.Select(async expected =>
            (Expected: expected, Events: await TranscribeAsync(Moonshine, TinyModels.Media(expected.Sound)))));

        Assert.All(written, one => Assert.Equal(one.Expected.Tokens, Assert.Single(one.Events, said => said.Segment is not null).Segment.TokenIds));
    }

    [Theory]
    [InlineData(Ctc)]
    [InlineData(Moonshine)]
    public async Task A_sound_of_several_windows_is_read_to_its_end(string model)
    {
        var events = await TranscribeAsync(model, Sounds.Tone(65, 440), words: model == Ctc);

        var segments = events.Where(said => said.Segment is not null).Select(said => said.Segment).ToArray();
        var words = segments.SelectMany(segment => segment.Words).ToArray();
        Assert.NotEmpty(segments);
        Assert.Equal(65, events[^1].Finished.Duration.ToTimeSpan().TotalSeconds, 0.01);
        Assert.All(segments.Zip(segments.Skip(1)), pair => Assert.True(pair.First.Range.End.ToTimeSpan() <= pair.Second.Range.Start.ToTimeSpan()));
        Assert.All(words.Zip(words.Skip(1)), pair => Assert.True(pair.First.Range.End.ToTimeSpan() <= pair.Second.Range.Start.ToTimeSpan()));
    }

    [Theory]
    [InlineData(Ctc, "en", V1.TranscriptionTask.Transcribe, false, "en")]
    [InlineData(Ctc, "", V1.TranscriptionTask.Translate, false, "translate")]
    [InlineData(Moonshine, "", V1.TranscriptionTask.Transcribe, true, "alignment_heads")]
    public async Task What_a_model_cannot_do_is_refused(string model, string language, V1.TranscriptionTask task, bool words, string named)
    {
        var request = Request(model, Sounds.Tone(1, 440));
        request.Parameters = new V1.TranscriptionParameters { Language = language, Task = task, Words = words };

        await ExpectFailureAsync(() => ReadAsync(request), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, named);
    }

    [Theory]
    [InlineData(Ctc, "word", false, 0, "prompt")]
    [InlineData(Ctc, "", true, 0, "carry_text")]
    [InlineData(Ctc, "", false, 0.5f, "temperatures")]
    [InlineData(Moonshine, "word", false, 0, "prompt")]
    public async Task Text_before_a_sound_is_refused_by_models_that_read_none(string model, string prompt, bool carry, float temperature, string named)
    {
        var request = Request(model, Sounds.Tone(1, 440));
        request.Parameters = new V1.TranscriptionParameters { Prompt = prompt, CarryText = carry, Temperatures = { temperature } };

        await ExpectFailureAsync(() => ReadAsync(request), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, named);
    }

    private Task<List<V1.TranscriptEvent>> TranscribeAsync(string model, byte[] sound, bool words = false)
    {
        var request = Request(model, sound);
        request.Parameters = new V1.TranscriptionParameters { Words = words };
        return ReadAsync(request);
    }

    private async Task<List<V1.TranscriptEvent>> ReadAsync(V1.TranscribeRequest request)
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

    private sealed record Question(string[] Sounds);

    private sealed record Frames(FrameTranscript[] Transcripts);

    private sealed record FrameTranscript(string Sound, int[] Frames, string Text);

    private sealed record Written(TokenTranscript[] Transcripts);

    private sealed record TokenTranscript(string Sound, int[] Tokens, string Text);
}
