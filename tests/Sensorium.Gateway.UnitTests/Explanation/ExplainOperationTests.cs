using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Explanation.Captions;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Explanation;

public sealed class ExplainOperationTests : IDisposable
{
    private static readonly ClassifyQuestion CatOrDog = new(
        [new Label("cat", []), new Label("dog", [])], [], Scoring.Softmax, 2, 0, null, 0, TestGateway.Template);

    private readonly ExplainerFixture _fixture = new();

    private TellingGenerator Generator { get; } = new();

    public ExplainOperationTests() => _fixture.Gateway.Encoders[Modality.Text].Vector = text => ExplainerFixture.Seen(
        text.Contains("dog", StringComparison.Ordinal) ? 0.8 : text.Contains("puppy", StringComparison.Ordinal) ? 0.6 : 0.1);

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Both_sides_of_a_similarity_are_explained()
    {
        var explained = await RunAsync("a dog", new SimilaritySubject(TestGateway.Text("my puppy"), BothSides: true));

        Assert.Equal([1, 1], explained.Media.Select(medium => medium.Weighed.Weights.ToList().IndexOf(medium.Weighed.Weights.Max())));
        Assert.Equal(explained.Media[0].Score, explained.Media[1].Score, 1e-6);
        Assert.Single(explained.Models);
    }

    [Fact]
    public async Task A_label_is_explained_by_its_odds()
    {
        var explained = await RunAsync("a dog", new LabelSubject("dog", CatOrDog));

        // Among two labels the odds are the difference of the logits.
        var (cat, dog) = (ExplainerFixture.Seen(0.1), ExplainerFixture.Seen(0.8));
        Assert.Equal(2 * (1 - UnitVectors.Cosine(cat, dog)), explained.Media[0].Score, 1e-5);
        Assert.True(explained.Media[0].Weighed.Weights[1] > explained.Media[0].Weighed.Weights[0]);
    }

    [Fact]
    public async Task A_label_of_the_models_own_is_explained()
    {
        _fixture.Gateway.Encoders[Modality.Text].Labels = new ModelLabels(["dog", "other"], Independent: false);

        var explained = await RunAsync("a dog", new LabelSubject("dog", CatOrDog with { Labels = [], Scoring = null, LogitScale = null, LogitBias = null }));

        Assert.Equal(0.8 - 0.6, explained.Media[0].Score, 1e-5);
        Assert.Equal(1, explained.Media[0].Weighed.Weights.ToList().IndexOf(explained.Media[0].Weighed.Weights.Max()));
    }

    [Fact]
    public async Task Each_token_of_a_caption_rests_on_its_own_words()
    {
        var explained = await RunAsync("dog park sun", new CaptionSubject(new GenerationParameters { NumBeams = 2 }));

        Assert.Equal("a dog in a park", explained.Caption);
        var medium = explained.Media.Single();
        Assert.Equal(["a dog", " in a park"], medium.Tokens.Select(token => token.Text));
        Assert.Equal([-1.0, -1.0], medium.Tokens.Select(token => token.LogProb));
        Assert.Equal([[4, 4, 0], [4, 0, 0], [0, 4, 0]], medium.Weighed.Scores.Select(score => score.Weights));
        Assert.Equal(2, Generator.Jobs[0].Parameters.NumBeams);
        Assert.All(Generator.Jobs.Skip(1), job => Assert.Equal([7, 8], job.Parameters.ForcedTokenIds));
        Assert.All(Generator.Jobs.Skip(1), job => Assert.Null(job.Parameters.NumBeams));
    }

    [Fact]
    public async Task A_model_that_says_other_tokens_than_it_is_given_cannot_be_explained()
    {
        Generator.Listens = false;

        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync("dog park", new CaptionSubject(new GenerationParameters())));

        Assert.Equal(ErrorReasons.NotExplainable, error.Reason);
    }

    [Fact]
    public async Task Media_of_two_spaces_are_refused()
    {
        _fixture.Gateway.Encoders[Modality.Image].SpaceId = "elsewhere";

        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync("a dog", new SimilaritySubject(TestGateway.Picture(1, 0, "similar_to"), false)));

        Assert.Equal(ErrorReasons.SpaceMismatch, error.Reason);
    }

    [Theory]
    [InlineData("horse", 2, Scoring.Softmax, "label")]
    [InlineData("", 2, Scoring.Softmax, "label")]
    [InlineData("cat", 1, Scoring.Softmax, "labels")]
    [InlineData("cat", 1, Scoring.Independent, null)]
    public async Task What_is_wrong_with_a_label_is_named(string label, int labels, object scoring, string? field)
    {
        var about = new LabelSubject(label, CatOrDog with { Labels = [.. CatOrDog.Labels.Take(labels)], Scoring = (Scoring)scoring });

        var error = await Record.ExceptionAsync(() => RunAsync("a dog", about)) as SensoriumException;

        Assert.Equal(field, error?.Field);
        Assert.Equal(field is null ? null : ErrorReasons.InvalidParameter, error?.Reason);
    }

    [Fact]
    public async Task One_caption_is_explained_at_a_time()
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync("dog", new CaptionSubject(new GenerationParameters { Choices = 2 })));

        Assert.Equal((ErrorReasons.InvalidParameter, "caption.parameters.n"), (error.Reason, error.Field));
        Assert.Empty(Generator.Jobs);
    }

    [Theory]
    [InlineData(-1, 0, "grid")]
    [InlineData(65, 0, "grid")]
    [InlineData(0, int.MaxValue, "parts")]
    public async Task Impossible_divisions_are_refused_at_once(int grid, int parts, string field)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync("a dog", new LabelSubject("dog", CatOrDog), grid, parts));

        Assert.Equal((ErrorReasons.InvalidParameter, field), (error.Reason, error.Field));
        Assert.Empty(_fixture.Gateway.Encoders[Modality.Text].Batches);
    }

    [Theory]
    [InlineData(0, "MaxRuns")]
    [InlineData(1, null)]
    public void Settings_are_checked(int runs, string? named)
    {
        var result = new ExplainOptionsValidator().Validate(null, new ExplainOptions { MaxRuns = runs });

        Assert.Equal(named is not null, result.Failed);
        Assert.Contains(named ?? "", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    private Task<Explained> RunAsync(string text, Subject about, int grid = 0, int parts = 0)
    {
        var gateway = _fixture.Gateway;
        var own = new OwnLabels(gateway.Embedder, gateway.Directory);
        return new ExplainOperation(gateway.Intake, gateway.Embedder, gateway.Directory, own, _fixture.Explainer, new CaptionExplainer(Generator, _fixture.Weigher), Options.Create(new ClassifyOptions()))
            .RunAsync(MediaInput.OfText("media", text), new ExplainQuestion(about, grid, parts, false, TestGateway.Template), TestContext.Current.CancellationToken);
    }
}
