using System.Runtime.InteropServices;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class SoundValuesInOneProcess(TinyModelsInOneProcess deployment) : SoundValuesTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class SoundValuesInSixProcesses(TinyModelsInSixProcesses deployment) : SoundValuesTests(deployment);

/// <summary>Sound classifiers and sound features give what @huggingface/transformers gives from the same folder, several sounds at once as one alone.</summary>
public abstract class SoundValuesTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const float Tolerance = 1e-4f;

    [Theory]
    [InlineData("tiny-wav2vec2")]
    [InlineData("tiny-hubert")]
    [InlineData("tiny-ast")]
    public async Task Sounds_have_the_scores_of_the_models_own_labels(string model)
    {
        var reference = TinyModels.Reference<Question, LabelScores>(model);
        var request = new V1.ClassifyRequest { Model = new V1.ModelSelector { Id = model } };
        request.Items.AddRange(reference.Question.Sounds.Select(name => Data(TinyModels.Media(name))));

        var response = await Client.ClassifyAsync(request);

        Assert.Equal(reference.Answer.Scores.Length, response.Results.Count);
        Assert.All(response.Results.Zip(reference.Answer.Scores), pair =>
        {
            var scores = pair.First.Classification.Scores;
            Assert.Equal(scores.OrderByDescending(score => score.Score).Select(score => score.Label), scores.Select(score => score.Label));
            Assert.Equal(reference.Answer.Labels.Length, scores.Count);
            Assert.All(reference.Answer.Labels.Zip(pair.Second), expected =>
                Assert.Equal(expected.Second, scores.Single(score => score.Label == expected.First).Score, Tolerance));
        });
    }

    [Theory]
    [InlineData("tiny-wavlm")]
    [InlineData("tiny-ast-features")]
    public async Task Features_equal_the_reference(string model)
    {
        var reference = TinyModels.Reference<Question, Features>(model);
        var request = new V1.EmbedRequest { Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model } } };
        request.Items.AddRange(reference.Question.Sounds.Select(name => Data(TinyModels.Media(name))));

        var response = await Client.EmbedAsync(request);

        Assert.Equal(reference.Answer.Vectors.Length, response.Results.Count);
        Assert.All(response.Results.Zip(reference.Answer.Vectors), pair =>
        {
            var vector = MemoryMarshal.Cast<byte, float>(pair.First.Encoded.Embedding.Data.Span).ToArray();
            Assert.Equal(pair.Second.Length, vector.Length);
            Assert.All(pair.Second.Zip(vector), both => Assert.Equal(both.First, both.Second, Tolerance));
        });
    }

    [Theory]
    [InlineData("tiny-wav2vec2", 0.01)]
    [InlineData("tiny-ast", 0.01)]
    [InlineData("tiny-wav2vec2", 61)]
    [InlineData("tiny-ast", 21)]
    public async Task Sounds_that_are_shorter_or_longer_than_a_window_are_labelled_too(string model, double seconds)
    {
        var request = new V1.ClassifyRequest { Model = new V1.ModelSelector { Id = model } };
        request.Items.Add(Data(Sounds.Tone(seconds, 440)));

        var response = await Client.ClassifyAsync(request);

        Assert.Equal(1, response.Results[0].Classification.Scores.Sum(score => score.Score), Tolerance);
    }

    private sealed record Question(string[] Sounds);

    private sealed record LabelScores(string[] Labels, float[][] Scores);

    private sealed record Features(float[][] Vectors);
}
