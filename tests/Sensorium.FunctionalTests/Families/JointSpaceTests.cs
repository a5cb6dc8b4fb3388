using System.Runtime.InteropServices;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class JointSpaceInOneProcess(TinyModelsInOneProcess deployment) : JointSpaceTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class JointSpaceInSixProcesses(TinyModelsInSixProcesses deployment) : JointSpaceTests(deployment);

/// <summary>Models that have texts and pictures in one space give what @huggingface/transformers gives from the same folder.</summary>
public abstract class JointSpaceTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const float Tolerance = 1e-4f;

    [Theory]
    [InlineData("tiny-clip")]
    [InlineData("tiny-siglip")]
    public async Task Vectors_of_texts_and_pictures_equal_the_reference(string model)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);
        var request = new V1.EmbedRequest { Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model } } };
        request.Items.AddRange(reference.Question.Texts.Select(text => Text(text)));
        request.Items.AddRange(reference.Question.Pictures.Select(name => Data(TinyModels.Media(name))));

        var response = await Client.EmbedAsync(request);

        var expected = reference.Answer.Texts.Concat(reference.Answer.Pictures).ToArray();
        Assert.Equal(expected.Length, response.Results.Count);
        Assert.All(response.Results.Zip(expected), pair => AssertClose(pair.Second, VectorOf(pair.First)));
    }

    // Softmax for one, sigmoid for the other, with the scale and the bias that stand among the weights.
    [Theory]
    [InlineData("tiny-clip")]
    [InlineData("tiny-siglip")]
    public async Task Labels_in_words_get_the_scores_that_the_model_was_trained_for(string model)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);
        var request = new V1.ClassifyRequest { Model = new V1.ModelSelector { Id = model } };
        request.Items.AddRange(reference.Question.Pictures.Select(name => Data(TinyModels.Media(name))));
        request.Labels.AddRange(reference.Question.Texts.Select(text => new V1.Label { Name = text }));

        var response = await Client.ClassifyAsync(request);

        Assert.Equal(reference.Answer.Scores.Length, response.Results.Count);
        Assert.All(response.Results.Zip(reference.Answer.Scores), pair => AssertClose(
            pair.Second,
            [.. reference.Question.Texts.Select(text => pair.First.Classification.Scores.Single(score => score.Label == text).Score)]));
    }

    [Theory]
    [InlineData("tiny-clip")]
    [InlineData("tiny-siglip")]
    public async Task A_clip_is_a_vector_of_length_one_in_the_space_of_the_pictures(string model)
    {
        var request = new V1.EmbedRequest { Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model } } };
        request.Items.Add(Data(Videos.Silent));
        request.Items.Add(Text("a dog"));

        var response = await Client.EmbedAsync(request);

        var vector = VectorOf(response.Results[0]);
        Assert.Equal(VectorOf(response.Results[1]).Length, vector.Length);
        Assert.Equal(1, vector.Sum(value => value * value), 1e-4f);
        Assert.StartsWith(model, response.SpaceId, StringComparison.Ordinal);
    }

    private static float[] VectorOf(V1.EncodeResult result)
    {
        Assert.Null(result.Error);
        return MemoryMarshal.Cast<byte, float>(result.Encoded.Embedding.Data.Span).ToArray();
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private sealed record Question(string[] Texts, string[] Pictures);

    private sealed record Answer(float[][] Texts, float[][] Pictures, float[][] Scores);
}
