using System.Runtime.InteropServices;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class SoundSpaceInOneProcess(TinyModelsInOneProcess deployment) : SoundSpaceTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class SoundSpaceInSixProcesses(TinyModelsInSixProcesses deployment) : SoundSpaceTests(deployment);

/// <summary>CLAP gives what @huggingface/transformers gives from the same folder.</summary>
public abstract class SoundSpaceTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const string Model = "tiny-clap";
    private const float Tolerance = 1e-4f;

    private static TinyReference<Question, Answer> Reference => TinyModels.Reference<Question, Answer>(Model);

    [Fact]
    public async Task Vectors_of_texts_and_sounds_equal_the_reference()
    {
        var request = new V1.EmbedRequest { Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = Model } } };
        request.Items.AddRange(Reference.Question.Texts.Select(text => Text(text)));
        request.Items.AddRange(Reference.Question.Sounds.Select(name => Data(TinyModels.Media(name))));

        var response = await Client.EmbedAsync(request);

        Assert.All(response.Results.Zip(Reference.Answer.Texts.Concat(Reference.Answer.Sounds)), pair =>
        {
            Assert.Null(pair.First.Error);
            AssertClose(pair.Second, MemoryMarshal.Cast<byte, float>(pair.First.Encoded.Embedding.Data.Span).ToArray());
        });
    }

    [Fact]
    public async Task Labels_of_sounds_get_the_scores_that_the_model_was_trained_for()
    {
        var request = new V1.ClassifyRequest { Model = new V1.ModelSelector { Id = Model } };
        request.Items.AddRange(Reference.Question.Sounds.Select(name => Data(TinyModels.Media(name))));
        request.Labels.AddRange(Reference.Question.Texts.Select(text => new V1.Label { Name = text }));

        var response = await Client.ClassifyAsync(request);

        Assert.All(response.Results.Zip(Reference.Answer.Scores), pair => AssertClose(
            pair.Second,
            [.. Reference.Question.Texts.Select(text => pair.First.Classification.Scores.Single(score => score.Label == text).Score)]));
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private sealed record Question(string[] Texts, string[] Sounds);

    private sealed record Answer(float[][] Texts, float[][] Sounds, float[][] Scores);
}
