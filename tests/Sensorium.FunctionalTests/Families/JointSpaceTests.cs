using System.Runtime.InteropServices;
using Sensorium.FunctionalTests.Infrastructure;
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
    public async Task Vectors_of_texts_and_pictures_equal_the_reference(string model)
    {
        var reference = TinyModels.Reference<Question, Answer>(model);
        var request = new V1.EmbedRequest { Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model } } };
        request.Items.AddRange(reference.Question.Texts.Select(text => Text(text)));
        request.Items.AddRange(reference.Question.Pictures.Select(name => Data(TinyModels.Media(name))));

        var response = await Client.EmbedAsync(request);

        var expected = reference.Answer.Texts.Concat(reference.Answer.Pictures).ToArray();
        Assert.Equal(expected.Length, response.Results.Count);
        Assert.All(response.Results.Zip(expected), pair =>
        {
            Assert.Null(pair.First.Error);
            AssertClose(pair.Second, MemoryMarshal.Cast<byte, float>(pair.First.Encoded.Embedding.Data.Span).ToArray());
        });
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
    }

    private sealed record Question(string[] Texts, string[] Pictures);

    private sealed record Answer(float[][] Texts, float[][] Pictures, float[][] Scores);
}
