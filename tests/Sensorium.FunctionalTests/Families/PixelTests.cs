using System.Runtime.InteropServices;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
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

    [Theory]
    [InlineData("tiny-dinov2")]
    [InlineData("tiny-vit-pooled")]
    public async Task A_clip_that_stands_still_has_the_vector_of_its_picture_in_each_segment(string model)
    {
        var picture = TinyModels.Media("picture-32.png");
        var request = new V1.EmbedRequest
        {
            Items = { Data(picture), Data(Videos.Still(picture, 8)) },
            Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model } },
        };

        var results = (await Client.EmbedAsync(request)).Results;

        var expected = MemoryMarshal.Cast<byte, float>(results[0].Encoded.Embedding.Data.Span).ToArray();
        Assert.Equal(2, results[1].Encoded.Segments.Count);
        Assert.All(results[1].Encoded.Segments, segment =>
            Assert.All(expected.Zip(MemoryMarshal.Cast<byte, float>(segment.Embedding.Data.Span).ToArray()), both => Assert.Equal(both.First, both.Second, Tolerance)));
    }

    [Fact]
    public async Task A_clip_is_labelled_by_its_frames()
    {
        var picture = TinyModels.Media("picture-32.png");
        var request = Request("tiny-vit", []);
        request.Items.AddRange([Data(picture), Data(Videos.Still(picture, 2))]);

        var results = (await Client.ClassifyAsync(request)).Results;

        Assert.All(results[0].Classification.Scores.Zip(results[1].Classification.Scores), both =>
        {
            Assert.Equal(both.First.Label, both.Second.Label);
            Assert.Equal(both.First.Score, both.Second.Score, Tolerance);
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
