using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class ExplainInOneProcess(OneProcess deployment) : ExplainTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class ExplainInSixProcesses(SixProcesses deployment) : ExplainTests(deployment);

public abstract class ExplainTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task Both_sides_of_a_similarity_are_explained_and_drawn_and_a_second_question_costs_nothing()
    {
        var request = new V1.ExplainRequest
        {
            RequestId = "e-1",
            Media = Data(Pictures.Jpeg(70), "p"),
            SimilarTo = Text("a red disc", "t"),
            BothSides = true,
            Grid = 3,
            Draw = true,
        };
        var compared = await Client.CompareAsync(new V1.CompareRequest { Left = { request.Media }, Right = { request.SimilarTo } });

        var first = await Client.ExplainAsync(request);
        var second = await Client.ExplainAsync(request);

        Assert.Equal(("e-1", 2), (first.RequestId, first.Explanations.Count));
        var (picture, words) = (first.Explanations[0], first.Explanations[1]);
        Assert.Equal(BitConverter.ToSingle(compared.Similarities.Data.Span), picture.Score, 1e-3);
        Assert.Equal(("p", 3, 3, 9), (picture.ItemId, picture.Grid.Rows, picture.Grid.Columns, picture.Weights.Count));
        Assert.Contains(picture.Weights, weight => weight != 0);
        Assert.Equal(("image/png", "image/svg+xml"), (picture.Drawing.MediaType, words.Drawing.MediaType));
        Assert.Equal(["a", "red", "disc"], words.Words.Words);
        Assert.Equal(2, first.Models.Count);
        Assert.Equal(picture.Weights, second.Explanations[0].Weights);
        Assert.Equal(second.Explanations[0].Runs, second.Explanations[0].CacheHits);
    }

    [Fact]
    public async Task A_label_of_a_sound_and_of_a_video_is_explained_over_time()
    {
        foreach (var media in new[] { Data(Sounds.Tone(2, 440)), Data(Videos.Silent), new V1.Media { Data = Data(Videos.WithTracks).Data, Track = V1.Track.Audio } })
        {
            var request = new V1.ExplainRequest { Media = media, Label = "a tone", Parts = 4, Labels = { new V1.Label { Name = "a tone" }, new V1.Label { Name = "a dog" } } };

            var explanation = Assert.Single((await Client.ExplainAsync(request)).Explanations);

            Assert.Equal((4, 4), (explanation.Spans.Ranges.Count, explanation.Weights.Count));
            Assert.InRange(explanation.Spans.Ranges[^1].End.ToTimeSpan().TotalSeconds, 1.9, 4.2);
        }
    }

    [Fact]
    public async Task A_caption_is_explained_token_by_token_as_it_was_said()
    {
        var picture = Data(Pictures.Jpeg(72));
        var said = (await CaptionAsync(new V1.CaptionRequest { Media = { picture }, Parameters = new V1.GenerationParameters { MaxNewTokens = 4 } }))
            .Where(caption => caption.Delta is not null).SelectMany(caption => caption.Delta.Logprobs).ToList();
        var request = new V1.ExplainRequest { Media = picture, Grid = 2, Caption = new V1.CaptionQuestion { Parameters = new V1.GenerationParameters { MaxNewTokens = 4 } } };

        var response = await Client.ExplainAsync(request);

        var explanation = Assert.Single(response.Explanations);
        Assert.Equal(response.Caption, string.Concat(explanation.Tokens.Select(token => token.Text)).Trim());
        Assert.Equal(said.Count, explanation.Tokens.Count);
        Assert.All(explanation.Tokens.Zip(said), pair => Assert.Equal(pair.Second, pair.First.Logprob, 1e-3));
        Assert.Equal(explanation.Score, explanation.Tokens.Sum(token => token.Logprob), 1e-3);
        Assert.All(explanation.Weights.Select((weight, cell) => (weight, cell)), part =>
            Assert.Equal(part.weight, explanation.Tokens.Sum(token => token.Weights[part.cell]), 1e-3));
        Assert.Contains(explanation.Tokens, token => token.Weights.Any(weight => Math.Abs(weight) > 1e-3));
    }

    [Fact]
    public async Task What_cannot_be_explained_is_refused_with_its_reason()
    {
        var picture = Data(Pictures.Jpeg(71));
        await ExpectFailureAsync(() => Client.ExplainAsync(new V1.ExplainRequest { Media = picture }).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "question");
        await ExpectFailureAsync(() => Client.ExplainAsync(new V1.ExplainRequest { SimilarTo = Text("x") }).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.NoSource, "media");
        await ExpectFailureAsync(
            () => Client.ExplainAsync(new V1.ExplainRequest { Media = picture, SimilarTo = Text("x"), Grid = 60 }).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.TooManyParts, "512");
        await ExpectFailureAsync(
            () => Client.ExplainAsync(new V1.ExplainRequest { Media = picture, Label = "x" }).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "labels");
        var subtitles = new V1.Media { Data = Data(Videos.WithTracks).Data, Track = V1.Track.Subtitles };
        await ExpectFailureAsync(
            () => Client.ExplainAsync(new V1.ExplainRequest { Media = subtitles, SimilarTo = Text("x") }).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.NotExplainable);
    }
}
