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

public sealed class EntailmentLabelsTests : IDisposable
{
    private static readonly ClassifyQuestion CatOrDog = new(
        [new Label("cat", []), new Label("dog", ["dog", "hound"])], [], null, null, null, null, 0, TestGateway.Template);

    private readonly TestGateway _gateway = new();

    public EntailmentLabelsTests()
    {
        _gateway.Encoders[Modality.Text].Labels = new ModelLabels(["not_entailment", "Entailment"], Independent: false);
        _gateway.Encoders[Modality.Text].Vector = sentence => sentence switch
        {
            "This example is dog." => [0, 2],
            "This example is hound." => [0, 4],
            _ => [1, 1],
        };
    }

    public void Dispose() => _gateway.Dispose();

    // Phrases of a label are averaged: 3 for dogs, 1 for cats.
    [Fact]
    public async Task Labels_exclude_each_other_by_how_well_they_follow()
    {
        var item = (await RunAsync(CatOrDog, MediaInput.OfText("items[0]", "it barks"))).Results.Single();

        Assert.Equal(["dog", "cat"], item.Scores.Select(score => score.Label));
        Assert.Equal(1 / (1 + Math.Exp(-2)), item.Scores[0].Score, 1e-6);
        Assert.Equal("it barks", _gateway.Encoders[Modality.Text].Last!.Text.PairedWith);
        Assert.Equal(["This example is cat.", "This example is dog.", "This example is hound."], _gateway.Encoders[Modality.Text].Batches.Single());
    }

    [Fact]
    public async Task Each_for_itself_follows_or_is_contradicted()
    {
        var item = (await RunAsync(CatOrDog with { Scoring = Scoring.Independent, TopK = 1 }, MediaInput.OfText("items[0]", "it barks"))).Results.Single();

        Assert.Equal("dog", item.Scores.Single().Label);
        Assert.Equal(1 / (1 + Math.Exp(-3)), item.Scores[0].Score, 1e-6);
    }

    [Fact]
    public async Task A_single_label_excludes_nothing()
    {
        var item = (await RunAsync(CatOrDog with { Labels = [new Label("cat", [])] }, MediaInput.OfText("items[0]", "it barks"))).Results.Single();

        Assert.Equal(0.5f, item.Scores.Single().Score);
    }

    [Fact]
    public async Task A_picture_fails_alone()
    {
        var results = (await RunAsync(CatOrDog, TestGateway.Picture(1), MediaInput.OfText("items[1]", "it barks"))).Results;

        Assert.Equal(ErrorReasons.ModalityMismatch, results[0].Encoding.Error!.Reason);
        Assert.NotEmpty(results[1].Scores);
    }

    [Fact]
    public async Task The_model_that_the_settings_name_compares_texts_with_labels()
    {
        var text = _gateway.Encoders[Modality.Text];
        (text.Serves, text.Named) = (["first", "named"], "named");

        await RunAsync(CatOrDog, MediaInput.OfText("items[0]", "it barks"));
        Assert.Equal("named", text.Last!.Model!.Id);

        await RunAsync(CatOrDog with { Labels = [] }, MediaInput.OfText("items[0]", "it barks"));
        Assert.Equal("named", text.Last!.Model!.Id);
    }

    [Fact]
    public async Task Too_many_pairs_are_refused() => Assert.Contains(
        "12 pairs",
        (await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(CatOrDog, [.. Enumerable.Range(0, 4).Select(i => MediaInput.OfText($"items[{i}]", $"text {i}"))]))).Message,
        StringComparison.Ordinal);

    private Task<Classified> RunAsync(ClassifyQuestion question, params MediaInput[] items) => new ClassifyOperation(
        _gateway.Intake,
        _gateway.Embedder,
        _gateway.Directory,
        new OwnLabels(_gateway.Embedder, _gateway.Directory),
        new EntailmentLabels(_gateway.Embedder, _gateway.Directory),
        Options.Create(new ClassifyOptions { MaxSentences = 10 })).RunAsync(items, question, TestContext.Current.CancellationToken);
}
