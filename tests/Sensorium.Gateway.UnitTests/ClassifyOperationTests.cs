using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class ClassifyOperationTests : IDisposable
{
    private static readonly ClassifyQuestion CatOrDog = new(
        [new Label("cat", []), new Label("dog", [])], [], Scoring.Softmax, 2, 0, null, 0, TestGateway.Template);

    private readonly TestGateway _gateway = new();

    public ClassifyOperationTests()
    {
        _gateway.Encoders[Modality.Text].Vector = text => text.Contains("dog", StringComparison.Ordinal) ? [0, 1] : [1, 0];
        _gateway.Encoders[Modality.Image].Vector = _ => [0.6f, 0.8f];
    }

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Scores_are_the_softmax_of_scaled_similarities_best_first()
    {
        var scores = (await RunAsync(CatOrDog)).Results.Single().Scores;

        Assert.Equal(["dog", "cat"], scores.Select(score => score.Label));
        Assert.Equal([0.8f, 0.6f], scores.Select(score => score.Similarity));
        Assert.Equal(Math.Exp(1.6) / (Math.Exp(1.6) + Math.Exp(1.2)), scores[0].Score, 1e-6);
        Assert.Equal(1, scores.Sum(score => score.Score), 1e-6);
    }

    [Theory]
    [InlineData(null, 0.7685248)]
    [InlineData(-3.0, 0.4013123)]
    public async Task Scores_are_what_the_model_was_trained_for_where_the_request_does_not_say(double? bias, double expected)
    {
        // 0.8 and 0.6: the softmax of 4.8 and 3.6 has 1 / (1 + e^-1.2); with a bias the sigmoid of 2.6 - 3.
        _gateway.Encoders[Modality.Text].Similarity = new SimilarityScale(bias is null ? 6 : 3.25f, (float?)bias);

        var scores = (await RunAsync(CatOrDog with { Scoring = null, LogitScale = null, LogitBias = null })).Results.Single().Scores;

        Assert.Equal(expected, scores[0].Score, 1e-6);
    }

    [Fact]
    public async Task One_label_is_scored_for_itself_or_against_a_threshold_and_else_refused()
    {
        var one = CatOrDog with { Labels = [new Label("dog", [])] };

        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(one));

        Assert.Equal((ErrorReasons.InvalidParameter, "labels"), (error.Reason, error.Field));
        Assert.Contains("has one label", error.Message, StringComparison.Ordinal);
        Assert.True((await RunAsync(one with { NoneThreshold = 0.9f })).Results.Single().NoneOfThese);
        Assert.InRange((await RunAsync(one with { Scoring = Scoring.Independent })).Results.Single().Scores.Single().Score, 0.5f, 0.99f);
    }

    [Theory]
    [InlineData(false, 0.5498340)]
    [InlineData(true, 0.6899745)]
    public async Task Without_labels_those_of_the_model_are_scored(bool independent, double expected)
    {
        _gateway.Encoders[Modality.Image].Labels = new ModelLabels(["cat", "dog"], independent);

        var item = (await RunAsync(CatOrDog with { Labels = [], Scoring = null, LogitScale = null, LogitBias = null, TopK = 1 })).Results.Single();

        Assert.Equal(("dog", expected), (item.Scores.Single().Label, Math.Round(item.Scores.Single().Score, 7)));
        Assert.Empty(_gateway.Encoders[Modality.Text].Batches);
    }

    [Fact]
    public async Task Independent_scores_are_sigmoids()
    {
        var scores = (await RunAsync(CatOrDog with { Scoring = Scoring.Independent, LogitBias = -1 })).Results.Single().Scores;

        Assert.Equal(1 / (1 + Math.Exp(-0.6)), scores[0].Score, 1e-6);
        Assert.Equal(1 / (1 + Math.Exp(-0.2)), scores[1].Score, 1e-6);
    }

    [Fact]
    public async Task A_label_is_the_renormalised_mean_of_its_phrases_in_all_templates_and_each_sentence_is_encoded_once()
    {
        var question = CatOrDog with { Labels = [new Label("pet", ["cat", "dog"]), new Label("cat", [])], Templates = ["a {}", "one {}"] };

        var scores = (await RunAsync(question)).Results.Single().Scores;

        Assert.Equal([["a cat", "one cat", "a dog", "one dog"]], _gateway.Encoders[Modality.Text].Batches);
        Assert.Equal(1.4 / Math.Sqrt(2), scores.Single(score => score.Label == "pet").Similarity, 1e-6);
    }

    [Theory]
    [InlineData(0.79f, false)]
    [InlineData(0.81f, true)]
    public async Task None_of_these_is_said_below_the_threshold(float threshold, bool none) =>
        Assert.Equal(none, (await RunAsync(CatOrDog with { NoneThreshold = threshold })).Results.Single().NoneOfThese);

    [Fact]
    public async Task Only_the_best_are_answered_with_scores_over_all()
    {
        var best = Assert.Single((await RunAsync(CatOrDog with { TopK = 1 })).Results.Single().Scores);

        Assert.Equal("dog", best.Label);
        Assert.InRange(best.Score, 0.5, 0.99);
    }

    [Fact]
    public async Task A_bad_item_fails_alone()
    {
        var classified = await RunAsync(CatOrDog, TestGateway.Picture(0xFF, 0), TestGateway.Picture(1, 1));

        Assert.Equal(ErrorReasons.UnknownModality, classified.Results[0].Encoding.Error?.Reason);
        Assert.Equal(2, classified.Results[1].Scores.Count);
    }

    [Fact]
    public async Task An_item_of_another_space_than_the_labels_fails()
    {
        _gateway.Encoders[Modality.Image].SpaceId = "elsewhere";

        var classified = await RunAsync(CatOrDog, TestGateway.Picture(1, 0), TestGateway.Text("dog", 1));

        Assert.Equal(ErrorReasons.SpaceMismatch, classified.Results[0].Encoding.Error?.Reason);
        Assert.Equal(2, classified.Results[1].Scores.Count);
    }

    [Fact]
    public async Task A_label_that_cannot_be_encoded_fails_the_request_by_its_field()
    {
        _gateway.Encoders[Modality.Text].Vector = text => text == "dog" ? null : [1, 0];

        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(CatOrDog));

        Assert.Equal("labels[1].name", error.Field);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "none", "labels" },
        { "nameless", "labels[0].name" },
        { "twice", "labels[1].name" },
        { "empty phrase", "labels[0].phrases[1]" },
        { "template", "templates[1]" },
        { "too many", "labels" },
        { "scale", "logit_scale" },
        { "scale is not a number", "logit_scale" },
        { "bias", "logit_bias" },
        { "threshold", "none_threshold" },
        { "top", "top_k" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_wrong_with_a_question_is_named(string fault, string field)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(Break(fault)));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidParameter, field), (error.Code, error.Reason, error.Field));
        Assert.StartsWith(field, error.Message, StringComparison.Ordinal);
        Assert.Empty(_gateway.Encoders[Modality.Text].Batches);
    }

    private static ClassifyQuestion Break(string fault) => fault switch
    {
        "none" => CatOrDog with { Labels = [] },
        "nameless" => CatOrDog with { Labels = [new Label(" ", [])] },
        "twice" => CatOrDog with { Labels = [new Label("cat", []), new Label("cat", ["tom"])] },
        "empty phrase" => CatOrDog with { Labels = [new Label("cat", ["cat", ""])] },
        "template" => CatOrDog with { Templates = ["a {}", "a photo"] },
        "too many" => CatOrDog with { Templates = [.. Enumerable.Range(0, 6).Select(i => $"{i} {{}}")] },
        "scale" => CatOrDog with { LogitScale = 0 },
        "scale is not a number" => CatOrDog with { LogitScale = float.NaN },
        "bias" => CatOrDog with { LogitBias = float.PositiveInfinity },
        "threshold" => CatOrDog with { NoneThreshold = float.NaN },
        "top" => CatOrDog with { TopK = -1 },
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };

    private Task<Classified> RunAsync(ClassifyQuestion question, params MediaInput[] items) =>
        new ClassifyOperation(_gateway.Intake, _gateway.Embedder, _gateway.Directory, new OwnLabels(_gateway.Embedder, _gateway.Directory),
            new EntailmentLabels(_gateway.Embedder, _gateway.Directory), Options.Create(new ClassifyOptions { MaxSentences = 10 }))
            .RunAsync(items.Length == 0 ? [TestGateway.Picture(1)] : items, question, TestContext.Current.CancellationToken);
}
