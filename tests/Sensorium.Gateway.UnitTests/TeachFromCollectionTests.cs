using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Gateway.UnitTests.Fakes;
using Sensorium.Index.Collections;
using Sensorium.Index.Metadata;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class TeachFromCollectionTests : IDisposable
{
    private const string Space = "space";
    private static readonly CollectionSource Labelled = new("pictures", "", ["bright"], "", []);

    private readonly TestDecisions _decisions = new();

    public void Dispose() => _decisions.Dispose();

    [Fact]
    public async Task Items_are_cases_and_their_metadata_record_and_outcome()
    {
        Keep([.. Enumerable.Range(0, 60).Select(i => Picture(i)), FakeCollections.Item("unlabelled", Modality.Image, [Segment(1, 0)], "")]);
        _decisions.Gateway.Encoders[Modality.Image].Failure = SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "nothing is encoded");

        var events = await _decisions.TeachAsync([], "light", [], collection: Labelled with { GroupField = "room" });

        Assert.Equal(60, Assert.IsType<TeachProgress>(events[0]).Cases);
        var taught = Assert.IsType<Taught>(events[^1]).Decider;
        Assert.Equal((60, "bright", QuestionKind.Predicate), (taught.Cases, taught.Questions.Single().Name, taught.Questions.Single().Kind));
        Assert.Equal([("lamp", FieldKind.Category), ("watts", FieldKind.Number)], taught.Schema.Fields.Select(field => (field.Name, field.Kind)));
        Assert.Equal("image", taught.Models.Single().Modality);
        Assert.InRange(taught.Reports.Single().Auroc.Value, 0.8, 1);
    }

    [Fact]
    public async Task A_decider_that_a_collection_taught_decides_about_media()
    {
        Keep(Enumerable.Range(0, 60).Select(i => Picture(i)));
        _decisions.Gateway.Encoders[Modality.Image].Vector = content => content == "9" ? [0.1f, 1] : [1, 0.1f];
        await _decisions.TeachAsync([], "light", [], collection: Labelled);

        CaseInput[] asked = [Asked("bright", 9), Asked("dark", 8)];
        var decided = await _decisions.Decide.RunAsync(asked, new DecideRequest("light", [], new(), TestGateway.Template), default);

        Assert.Equal([1, 0], decided.Cases.Select(one => one.Answers.Single().Best));
    }

    [Fact]
    public async Task Cases_of_a_stream_are_joined_to_those_of_a_collection_and_none_is_there_twice()
    {
        Keep(Enumerable.Range(0, 40).Select(i => Picture(i)));
        TaughtCaseInput more = new(Asked("another", 1), "", new Dictionary<string, string> { ["bright"] = "true" });

        var events = await _decisions.TeachAsync([more], "light", [], collection: Labelled);
        var twice = await Assert.ThrowsAsync<SensoriumException>(() =>
            _decisions.TeachAsync([more with { Case = more.Case with { Id = "picture-3" } }], "light", [], collection: Labelled));

        Assert.Equal(41, Assert.IsType<Taught>(events[^1]).Decider.Cases);
        Assert.Equal(ErrorReasons.DuplicateItemId, twice.Reason);
    }

    [Fact]
    public async Task Segments_of_a_clip_count_by_their_length_and_its_sound_does_not()
    {
        ItemSegment[] segments = [Frames(1, 0, 0, 3), Frames(0, 1, 3, 4), new(null, MediaTrack.Audio, new float[] { -1, 0 })];
        Keep(Enumerable.Range(0, 40).Select(i => FakeCollections.Item($"clip-{i}", Modality.Video, segments, "", ("bright", MetadataValue.Of(i % 2 == 0)))));

        await _decisions.TeachAsync([], "light", [], collection: Labelled);

        var vectors = _decisions.Store.Get("light").Info.Models;
        Assert.Equal("video", vectors.Single().Modality);
    }

    [Theory]
    [InlineData("another", "bright", "", Space, ErrorReasons.CollectionNotFound)]
    [InlineData("pictures", "dim", "", Space, ErrorReasons.TooFewCases)]
    [InlineData("pictures", "lamp", "lamp = 'on'", Space, ErrorReasons.OneOutcomeOnly)]
    [InlineData("pictures", "tags", "", Space, ErrorReasons.InvalidParameter)]
    [InlineData("pictures", "bright", "watts >", Space, ErrorReasons.InvalidFilter)]
    [InlineData("pictures", "bright", "", "another space", ErrorReasons.SpaceMismatch)]
    public async Task What_cannot_teach_is_refused(string name, string label, string filter, string space, string reason)
    {
        Keep(Enumerable.Range(0, 40).Select(i => Picture(i)), space);

        var error = await Assert.ThrowsAsync<SensoriumException>(() => _decisions.TeachAsync([], "light", [], collection: new(name, filter, [label], "", [])));

        Assert.Equal(reason, error.Reason);
        Assert.Empty(_decisions.Store.List());
    }

    [Fact]
    public async Task Without_labels_questions_name_them_and_without_both_nothing_is_asked()
    {
        Keep(Enumerable.Range(0, 40).Select(i => Picture(i)));

        var events = await _decisions.TeachAsync([], "light", [Question.Predicate("bright", "The picture is bright.")], collection: Labelled with { LabelFields = [] });
        var nothing = await Assert.ThrowsAsync<SensoriumException>(() => _decisions.TeachAsync([], "light", [], collection: Labelled with { LabelFields = [] }));

        Assert.Equal("The picture is bright.", Assert.IsType<Taught>(events[^1]).Decider.Questions.Single().Instructions);
        Assert.Equal(ErrorReasons.InvalidQuestion, nothing.Reason);
    }

    private void Keep(IEnumerable<IndexedItem> items, string space = Space) => _decisions.Collections.Add("pictures", space, items);

    // Those of odd numbers are bright.
    private static IndexedItem Picture(int i) => FakeCollections.Item(
        $"picture-{i}",
        Modality.Image,
        [i % 2 == 1 ? Segment(0.1f + i % 5 * 0.05f, 1) : Segment(1, 0.1f + i % 5 * 0.05f)],
        "",
        ("bright", MetadataValue.Of(i % 2 == 1)),
        ("watts", MetadataValue.Of(20.0 + i % 7)),
        ("lamp", MetadataValue.Of(i % 3 == 0 ? "on" : "off")),
        ("room", MetadataValue.Of($"{i % 10}")),
        ("tags", MetadataValue.Of([MetadataValue.Of("a"), MetadataValue.Of("b")])));

    private static ItemSegment Segment(float x, float y) => new(null, MediaTrack.Default, Unit(x, y));

    private static ItemSegment Frames(float x, float y, int from, int until) =>
        new(new TimeRange(TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(until)), MediaTrack.Default, Unit(x, y));

    private static float[] Unit(float x, float y) => [x / MathF.Sqrt(x * x + y * y), y / MathF.Sqrt(x * x + y * y)];

    private static CaseInput Asked(string id, byte content) =>
        new("cases[0]", id, [TestGateway.Picture(content, field: "cases[0].media")], "", new Dictionary<string, FieldValue>());
}
