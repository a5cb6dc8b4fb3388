using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class DecideOperationTests : IDisposable
{
    private static readonly Question Bright = Question.Predicate("bright", "The picture is bright.");

    private readonly TestDecisions _decisions = new();

    public DecideOperationTests()
    {
        _decisions.Gateway.Encoders[Modality.Image].Vector = content => Direction(int.Parse(content, System.Globalization.CultureInfo.InvariantCulture));
        _decisions.Gateway.Encoders[Modality.Text].Vector = text => text.Contains("bright", StringComparison.Ordinal) ? [0, 1] : [1, 0];
    }

    public void Dispose() => _decisions.Dispose();

    [Fact]
    public async Task A_decider_is_taught_and_decides_with_evidence_and_similar_cases()
    {
        var events = await TeachAsync(Cases(80));
        var decided = await DecideAsync("light", Picture("asked", 250, ("watts", 90)));

        Assert.Equal([32, 64, 80], events.OfType<TeachProgress>().Select(progress => progress.Cases));
        var taught = Assert.IsType<Taught>(events[^1]).Decider;
        Assert.Equal(("light@1", 80), (taught.Name, taught.Cases));
        Assert.Equal(["image"], taught.Models.Select(model => model.Modality));
        var answer = Assert.Single(Assert.Single(decided.Cases).Answers);
        Assert.True(answer is { Calibrated: true, Abstained: null, Best: 1, Confidence: > 0.7 });
        Assert.Contains(answer.Evidence, piece => piece is { Kind: EvidenceKind.Medium, Part: "image", Weight: > 0 });
        Assert.Contains(answer.Evidence, piece => piece is { Kind: EvidenceKind.Field, Where: "watts", Said: "90" });
        Assert.Equal(3, answer.Similar.Count);
        Assert.Equal("true", answer.Similar[0].Outcome);
    }

    [Fact]
    public async Task A_decider_does_not_answer_with_another_revision_of_a_model()
    {
        await TeachAsync(Cases(40));
        _decisions.Gateway.Encoders[Modality.Image].Serves = ["another"];

        var error = await Assert.ThrowsAsync<SensoriumException>(() => DecideAsync("light", Picture("asked", 250)));

        Assert.Equal((ErrorReasons.DeciderOutdated, ErrorCode.FailedPrecondition), (error.Reason, error.Code));
        Assert.Contains("'light@1' was taught with image embedded by 'fake'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_case_that_is_wrong_fails_alone()
    {
        await TeachAsync(Cases(40));
        _decisions.Gateway.Encoders[Modality.Image].Vector = content => content == "7" ? null : Direction(200);
        var wrong = new CaseInput("cases[2]", "typed", [], "", new Dictionary<string, FieldValue> { ["watts"] = FieldValue.OfCategory("many") });

        var decided = await DecideAsync("light", Picture("broken", 7), Picture("good", 200), wrong);

        Assert.Equal(["broken", "good", "typed"], decided.Cases.Select(one => one.Id));
        Assert.Equal([ErrorReasons.UndecodableMedia, null, ErrorReasons.FieldTypeMismatch], decided.Cases.Select(one => one.Error?.Reason));
        Assert.Single(decided.Cases[1].Answers);
    }

    [Fact]
    public async Task Cases_that_cannot_be_read_are_told_and_the_others_teach()
    {
        _decisions.Gateway.Encoders[Modality.Image].Vector = content => content == "23" ? null : Direction(int.Parse(content, System.Globalization.CultureInfo.InvariantCulture));

        var events = await TeachAsync(Cases(40));

        var failure = Assert.Single(events.OfType<TeachProgress>().SelectMany(progress => progress.Failures));
        Assert.Equal(("case-1", ErrorReasons.UndecodableMedia), (failure.CaseId, failure.Error.Reason));
        Assert.Equal(39, Assert.IsType<Taught>(events[^1]).Decider.Cases);
    }

    [Fact]
    public async Task Teaching_waits_for_an_encoder_that_is_overloaded_and_loses_no_case()
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _decisions.Gateway.Encoders[Modality.Image].Refusals.Enqueue(SensoriumException.Overloaded("busy", TimeSpan.FromMilliseconds(1)));
        }

        var events = await TeachAsync(Cases(40));

        Assert.Empty(_decisions.Gateway.Encoders[Modality.Image].Refusals);
        Assert.Empty(events.OfType<TeachProgress>().SelectMany(progress => progress.Failures));
        Assert.Equal(40, Assert.IsType<Taught>(events[^1]).Decider.Cases);
    }

    [Fact]
    public async Task What_was_not_taught_counts_for_nothing_and_is_told()
    {
        await TeachAsync(Cases(40));
        _decisions.Gateway.Encoders[Modality.Audio].Failure = SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "must not be asked");
        var sound = MediaInput.Read("cases[0].media[1]", "sound", () => new MediaItem("", new InlineSource(new byte[] { 9 }), Modality.Audio));
        var given = Picture("asked", 250, ("amperes", 1));

        var outcome = (await DecideAsync("light", given with { Media = [.. given.Media, sound] })).Cases.Single();

        Assert.Null(outcome.Error);
        Assert.Equal([(WarningReasons.NotConsidered, "sound"), (WarningReasons.NotConsidered, "asked")], outcome.Warnings.Select(warning => (warning.Reason, warning.ItemId)));
    }

    [Fact]
    public async Task Without_a_decider_media_are_compared_with_words_and_each_tells_what_leaving_it_out_takes_away()
    {
        Question[] questions = [Bright, new Question("", QuestionKind.Choice, "Which?", [new("dark", ""), new("light", "bright")])];
        var given = new CaseInput("cases[0]", "", [TestGateway.Picture(254, 0), TestGateway.Picture(128, 1)], "", new Dictionary<string, FieldValue> { ["watts"] = FieldValue.OfNumber(5) });

        var outcome = (await _decisions.Decide.RunAsync([given], new DecideRequest("", questions, new DecideOptions(), TestGateway.Template), default)).Cases.Single();

        Assert.Equal(2, outcome.Answers.Count);
        Assert.All(outcome.Answers, answer => Assert.True(answer is { Calibrated: false, Best: 1 }));
        var evidence = outcome.Answers[1].Evidence;
        Assert.Equal(["item-0", "item-1"], evidence.Select(piece => piece.Where).Order(StringComparer.Ordinal));
        Assert.True(evidence.Single(piece => piece.Where == "item-0").Weight > 0);
        Assert.True(evidence.Single(piece => piece.Where == "item-1").Weight < 0);
        Assert.Equal(WarningReasons.NotConsidered, outcome.Warnings.Single().Reason);
    }

    [Theory]
    [InlineData("nobody", 0.0, 1.0, ErrorReasons.DeciderNotFound, "decider")]
    [InlineData("", 0.0, 1.0, ErrorReasons.InvalidQuestion, "questions")]
    [InlineData("", 1.5, 1.0, ErrorReasons.InvalidParameter, "min_confidence")]
    [InlineData("", double.NaN, 1.0, ErrorReasons.InvalidParameter, "min_confidence")]
    [InlineData("light", 0.0, 0.0, ErrorReasons.InvalidParameter, "coverage")]
    [InlineData("", 0.0, 0.8, ErrorReasons.InvalidParameter, "coverage")]
    public async Task A_wrong_request_is_refused_by_its_field(string decider, double confidence, double coverage, string reason, string field)
    {
        var request = new DecideRequest(decider, [], new DecideOptions(confidence, coverage), TestGateway.Template);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => _decisions.Decide.RunAsync([Picture("asked", 1)], request, default));

        Assert.Equal((reason, field), (error.Reason, error.Field));
    }

    [Fact]
    public async Task Media_of_one_case_are_explained_at_a_time_and_not_too_finely()
    {
        await TeachAsync(Cases(40));

        var many = await RefusedAsync(new MediaDivision(0, 0, Draws: false), Picture("one", 1), Picture("other", 2));
        var fine = await RefusedAsync(new MediaDivision(100, 0, Draws: false), Picture("one", 1));

        Assert.Equal((ErrorReasons.InvalidParameter, "explain_media"), (many.Reason, many.Field));
        Assert.Equal((ErrorReasons.InvalidParameter, "explain_media.grid"), (fine.Reason, fine.Field));

        Task<SensoriumException> RefusedAsync(MediaDivision division, params CaseInput[] cases) => Assert.ThrowsAsync<SensoriumException>(() =>
            _decisions.Decide.RunAsync(cases, new DecideRequest("light", [], new DecideOptions(), TestGateway.Template) { Explaining = division }, default));
    }

    [Theory]
    [InlineData("no id", ErrorReasons.InvalidParameter)]
    [InlineData("no question", ErrorReasons.InvalidQuestion)]
    [InlineData("no case", ErrorReasons.TooFewCases)]
    [InlineData("an unknown model", ErrorReasons.ModelMismatch)]
    [InlineData("equal ids", ErrorReasons.DuplicateItemId)]
    [InlineData("too many cases", ErrorReasons.TooManyItems)]
    public async Task What_cannot_be_taught_is_refused(string fault, string reason)
    {
        var cases = fault switch
        {
            "no case" => [],
            "equal ids" => [.. Cases(30), .. Cases(1)],
            "too many cases" => Cases(201),
            _ => Cases(30),
        };
        ModelSelector[] models = fault == "an unknown model" ? [new ModelSelector("unknown", null)] : [];

        var error = await Assert.ThrowsAsync<SensoriumException>(() => TeachAsync(cases, fault == "no id" ? "a/b" : "light", fault == "no question" ? [] : [Bright], models));

        Assert.Equal(reason, error.Reason);
        Assert.Empty(_decisions.Store.List());
    }

    private static float[] Direction(int brightness) => [MathF.Cos(brightness / 255f * MathF.PI / 2), MathF.Sin(brightness / 255f * MathF.PI / 2)];

    // Bright is a picture over 127, with a few exceptions.
    private static TaughtCaseInput[] Cases(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new TaughtCaseInput(
            Picture($"case-{i}", (byte)(i * 23 % 250), ("watts", (i * 23 % 250 > 127 ? 50 : 20) + i % 5 * 10)), "", new Dictionary<string, string> { ["bright"] = i * 23 % 250 > 127 != (i % 7 == 3) ? "true" : "false" })),
    ];

    private static CaseInput Picture(string id, byte brightness, params (string Name, double Value)[] fields) => new(
        "cases[0]", id, [TestGateway.Picture(brightness, field: "cases[0].media")], "", fields.ToDictionary(field => field.Name, field => FieldValue.OfNumber(field.Value)));

    private Task<List<TeachEvent>> TeachAsync(TaughtCaseInput[] cases, string id = "light", Question[]? questions = null, ModelSelector[]? models = null) =>
        _decisions.TeachAsync(cases, id, questions ?? [Bright], models);

    private Task<DecidedCases> DecideAsync(string decider, params CaseInput[] cases) =>
        _decisions.Decide.RunAsync(cases, new DecideRequest(decider, [], new DecideOptions(), TestGateway.Template), default);
}
