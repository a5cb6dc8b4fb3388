using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class RerankOperationTests : IDisposable
{
    private static readonly RerankQuestion Question = new("what runs?", ["a stone", "a dog", "a cat"], 0, Truncate: true);

    private readonly TestGateway _gateway = new();
    private readonly FakeEncoder _text;

    public RerankOperationTests()
    {
        _text = _gateway.Encoders[Modality.Text];
        _text.Serves = ["judge"];
        _text.Labels = new ModelLabels(["LABEL_0"], Independent: false);
        _text.Vector = text => [text switch { "a dog" => 2, "a cat" => 1, _ => -3 }];
    }

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Documents_are_ordered_by_their_logits_which_are_told_as_sigmoids_too()
    {
        var reranked = await RunAsync(Question);

        Assert.Equal([1, 2, 0], reranked.Scores.Select(score => score.Index));
        Assert.Equal([2f, 1f, -3f], reranked.Scores.Select(score => score.Logit));
        Assert.Equal(1 / (1 + Math.Exp(-2)), reranked.Scores[0].Score, 1e-6);
        Assert.Equal(9, reranked.InputUnits);
    }

    [Fact]
    public async Task The_reranker_is_asked_for_pairs_with_the_query()
    {
        await RunAsync(Question);

        Assert.Equal(("judge", true), (_text.Last!.Model!.Id, _text.Last.WithFeatures));
        Assert.Equal(new TextReading(PairedWith: "what runs?", Truncate: true), _text.Last.Text);
    }

    [Fact]
    public async Task The_reranker_that_the_settings_name_answers_who_names_none()
    {
        (_text.Serves, _text.Named) = (["judge", "second"], "second");

        await RunAsync(Question);

        Assert.Equal("second", _text.Last!.Model!.Id);
    }

    [Fact]
    public async Task Equals_stay_in_the_order_of_the_request_and_only_the_best_are_answered()
    {
        _text.Vector = _ => [1];

        Assert.Equal([0, 1], (await RunAsync(Question with { TopN = 2 })).Scores.Select(score => score.Index));
    }

    [Theory]
    [InlineData(null, ErrorReasons.ModelNotServed)]
    [InlineData("judge", ErrorReasons.TaskMismatch)]
    [InlineData("nobody", ErrorReasons.ModelMismatch)]
    public async Task Without_a_reranker_the_request_fails(string? model, string reason)
    {
        _text.Labels = null;

        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(Question, model));

        Assert.Equal((ErrorCode.FailedPrecondition, reason), (error.Code, error.Reason));
    }

    [Fact]
    public async Task A_document_that_cannot_be_scored_fails_the_request_by_its_field()
    {
        _text.Vector = text => text == "a cat" ? null : [1];

        Assert.Equal("documents[2]", (await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(Question))).Field);
    }

    [Theory]
    [InlineData("", 1, 0, "query")]
    [InlineData("x", 0, 0, "documents")]
    [InlineData("x", 1, -1, "top_n")]
    public async Task What_is_wrong_with_a_question_is_named(string query, int documents, int top, string field)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(
            () => RunAsync(new RerankQuestion(query, [.. Enumerable.Repeat("a dog", documents)], top, Truncate: false)));

        Assert.Equal((ErrorReasons.InvalidParameter, field), (error.Reason, error.Field));
    }

    private Task<Reranked> RunAsync(RerankQuestion question, string? model = null) =>
        new RerankOperation(_gateway.Intake, _gateway.Embedder, _gateway.Directory).RunAsync(
            question, TestGateway.Template with { Model = model is null ? null : new ModelSelector(model, null) }, TestContext.Current.CancellationToken);
}
