using System.Runtime.InteropServices;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Families;

[Collection(TinyModelsInOneProcess.Name)]
public sealed class PixelsInOneProcess(TinyModelsInOneProcess deployment) : PixelTests(deployment);

[Collection(TinyModelsInSixProcesses.Name)]
public sealed class PixelsInSixProcesses(TinyModelsInSixProcesses deployment) : PixelTests(deployment);

/// <summary>Picture classifiers and picture features give what @huggingface/transformers gives from the same folder.</summary>
public abstract class PixelTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const float Tolerance = 1e-4f;

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_classifier_scores_its_own_labels(int topK)
    {
        var reference = TinyModels.Reference<Question, Labels>("tiny-vit");
        var request = Request("tiny-vit", reference.Question.Pictures);
        request.TopK = topK;

        var response = await Client.ClassifyAsync(request);

        Assert.Equal(reference.Answer.Items.Length, response.Results.Count);
        Assert.All(response.Results.Zip(reference.Answer.Items), pair =>
        {
            var expected = pair.Second.Take(topK == 0 ? pair.Second.Length : topK).ToArray();
            Assert.Equal(expected.Select(label => label.Name), pair.First.Classification.Scores.Select(score => score.Label));
            Assert.All(expected.Zip(pair.First.Classification.Scores), both => Assert.Equal(both.First.Score, both.Second.Score, Tolerance));
        });
    }

    [Theory]
    [InlineData("tiny-dinov2")]
    [InlineData("tiny-vit-pooled")]
    public async Task Features_equal_the_reference(string model)
    {
        var reference = TinyModels.Reference<Question, Features>(model);
        var request = new V1.EmbedRequest { Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model } } };
        request.Items.AddRange(reference.Question.Pictures.Select(name => Data(TinyModels.Media(name))));

        var response = await Client.EmbedAsync(request);

        Assert.All(response.Results.Zip(reference.Answer.Vectors), pair =>
        {
            var vector = MemoryMarshal.Cast<byte, float>(pair.First.Encoded.Embedding.Data.Span).ToArray();
            Assert.Equal(pair.Second.Length, vector.Length);
            Assert.All(pair.Second.Zip(vector), both => Assert.Equal(both.First, both.Second, Tolerance));
        });
    }

    [Fact]
    public async Task A_model_without_labels_of_its_own_is_refused_by_its_name() => await ExpectFailureAsync(
        () => Client.ClassifyAsync(Request("tiny-clip", ["picture-32.png"])).ResponseAsync,
        StatusCode.InvalidArgument,
        ErrorReasons.InvalidParameter,
        "tiny-clip");

    [Fact]
    public async Task Templates_without_labels_are_refused()
    {
        var request = Request("tiny-vit", ["picture-32.png"]);
        request.Templates.Add("a photo of {}");

        await ExpectFailureAsync(() => Client.ClassifyAsync(request).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "templates");
    }

    private static V1.ClassifyRequest Request(string model, string[] pictures)
    {
        var request = new V1.ClassifyRequest { Model = new V1.ModelSelector { Id = model } };
        request.Items.AddRange(pictures.Select(name => Data(TinyModels.Media(name))));
        return request;
    }

    private sealed record Question(string[] Pictures);

    private sealed record Features(float[][] Vectors);

    private sealed record Labels(ScoredLabel[][] Items);

    private sealed record ScoredLabel(string Name, float Score);
}
