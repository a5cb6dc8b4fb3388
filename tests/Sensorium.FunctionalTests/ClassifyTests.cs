using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class ClassifyInOneProcess(OneProcess deployment) : ClassifyTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class ClassifyInSixProcesses(SixProcesses deployment) : ClassifyTests(deployment);

public abstract class ClassifyTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task Media_of_every_modality_are_compared_with_labels_as_compare_would()
    {
        var request = Request(Data(Pictures.Jpeg(40)), Text("a dog runs"), Data(Sounds.Tone(1, 440)), Data(Videos.Silent));
        var compare = new V1.CompareRequest { Left = { request.Items }, Right = { Text("a cat"), Text("a dog"), Text("rain") } };

        var response = await Client.ClassifyAsync(request);
        var compared = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>((await Client.CompareAsync(compare)).Similarities.Data.Span).ToArray();

        Assert.Equal("c-1", response.RequestId);
        Assert.All(response.Results, result => Assert.Equal(1, result.Classification.Scores.Sum(score => score.Score), 1e-4));
        var similarities = response.Results.SelectMany(result =>
            new[] { "cat", "dog", "rain" }.Select(label => result.Classification.Scores.Single(score => score.Label == label).Similarity));
        Assert.All(similarities.Zip(compared), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
        Assert.Equal("dog", response.Results[1].Classification.Scores[0].Label);
        Assert.Equal(4, response.Models.Count);
        Assert.All(response.Models, model => Assert.Equal(response.SpaceId, model.SpaceId));
    }

    [Fact]
    public async Task A_bad_item_fails_alone()
    {
        var response = await Client.ClassifyAsync(Request(new V1.Media(), Text("a dog")));

        Assert.Equal(ErrorReasons.NoSource, response.Results[0].Error.Reason);
        Assert.Equal(3, response.Results[1].Classification.Scores.Count);
    }

    [Fact]
    public async Task A_wrong_question_is_refused_by_its_field()
    {
        var request = Request(Text("x"));
        request.Templates.Add("a photo");

        await ExpectFailureAsync(
            () => Client.ClassifyAsync(request).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "templates[0]");
        request.Templates.Clear();
        request.Scoring = (V1.Scoring)9;
        await ExpectFailureAsync(
            () => Client.ClassifyAsync(request).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "scoring");
    }

    private static V1.ClassifyRequest Request(params V1.Media[] items) => new()
    {
        RequestId = "c-1",
        Items = { items },
        Labels =
        {
            new V1.Label { Name = "cat", Phrases = { "a cat" } },
            new V1.Label { Name = "dog", Phrases = { "a dog" } },
            new V1.Label { Name = "rain" },
        },
    };
}
