using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Storing;
using Xunit;

namespace Sensorium.Deciders.UnitTests;

public sealed class StoreTests : IDisposable
{
    private static readonly Lazy<Decider> Cohorts = new(() => Cohort.Teach(Cohort.Make(80)));

    private readonly string _folder = Directory.CreateTempSubdirectory("deciders-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_read_decides_as_what_was_taught()
    {
        using (var store = new DeciderStore(_folder, 4))
        {
            Assert.Equal("cohort@1", store.Add(Cohorts.Value).Name);
        }

        using var again = new DeciderStore(_folder, 4);
        var given = Cohort.Make(1, seed: 3)[0].Case;
        var (taught, read) = (Cohorts.Value.Decide(given, [], new()).Answers[0], again.Get("cohort").Decide(given, [], new()).Answers[0]);

        Assert.Equal(taught.Probabilities, read.Probabilities);
        Assert.Equal(taught.Evidence, read.Evidence);
        Assert.Equal(taught.Similar.Select(one => (one.Id, one.Outcome)), read.Similar.Select(one => (one.Id, one.Outcome)));
        Assert.Equal(Cohorts.Value.Info.Reports[0].Auroc, again.Get("cohort").Info.Reports[0].Auroc);
    }

    [Fact]
    public void Versions_are_kept_side_by_side_and_the_newest_answers_for_the_name()
    {
        using var store = new DeciderStore(_folder, 4);
        store.Add(Cohorts.Value);
        store.Add(Cohorts.Value);

        Assert.Equal(["cohort@2", "cohort@1"], store.List().Select(pair => pair.Info.Name));
        Assert.Equal(2, store.Get("cohort").Info.Version);
        Assert.Equal(1, store.Get("cohort@1").Info.Version);
        store.Delete("cohort@2");
        Assert.Equal("cohort@1", store.Find("cohort")!.Name);
        store.Delete("cohort");
        Assert.Empty(store.List());
    }

    [Fact]
    public void Deciders_are_unloaded_when_told_and_when_others_are_asked_for()
    {
        using var store = new DeciderStore(_folder, 1);
        store.Add(Cohorts.Value);
        store.Add(Cohorts.Value);

        store.Get("cohort@1");
        Assert.Equal(["cohort@1"], Loaded());
        store.Get("cohort@2");
        Assert.Equal(["cohort@2"], Loaded());
        Assert.True(store.Unload("cohort"));
        Assert.False(store.Unload("cohort"));
        Assert.Empty(Loaded());

        IEnumerable<string> Loaded() => store.List().Where(pair => pair.IsLoaded).Select(pair => pair.Info.Name);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("cohort@2")]
    [InlineData("../cohort")]
    [InlineData("")]
    [InlineData("cohort@")]
    public void A_decider_that_is_not_there_is_told_with_those_that_are(string name)
    {
        using var store = new DeciderStore(_folder, 4);
        store.Add(Cohorts.Value);

        var error = Assert.Throws<SensoriumException>(() => store.Get(name));

        Assert.Equal((ErrorReasons.DeciderNotFound, ErrorCode.NotFound), (error.Reason, error.Code));
        Assert.Contains("cohort@1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decider_whose_files_are_damaged_is_not_served_and_not_the_fault_of_others()
    {
        using var store = new DeciderStore(_folder, 4);
        store.Add(Cohorts.Value);
        store.Add(Cohorts.Value);
        File.WriteAllText(Path.Combine(_folder, "cohort", "2", "model.json"), "{");

        Assert.Equal(ErrorReasons.DeciderNotFound, Assert.Throws<SensoriumException>(() => store.Get("cohort")).Reason);
        Assert.Equal(1, store.Get("cohort@1").Info.Version);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("a@1")]
    [InlineData("a\n")]
    public void An_id_that_is_no_name_of_a_folder_is_refused(string id) =>
        Assert.Equal(ErrorReasons.InvalidParameter, Assert.Throws<SensoriumException>(() => DeciderName.CheckId(id)).Reason);

    [Fact]
    public void A_decider_is_tied_to_the_revision_of_the_models_below_it()
    {
        var taught = new ModelIdentity("clip", "r1", "fp32", "space", "digest", "cpu", "MIT");
        var info = Cohorts.Value.Info with { Models = [new TaughtModel("image", taught)] };

        info.CheckModel("image", taught with { Device = "cuda:0" });
        var error = Assert.Throws<SensoriumException>(() => info.CheckModel("image", taught with { Revision = "r2" }));

        Assert.Equal((ErrorReasons.DeciderOutdated, ErrorCode.FailedPrecondition), (error.Reason, error.Code));
        Assert.Contains("'clip' revision 'r1'", error.Message, StringComparison.Ordinal);
        Assert.Contains("revision 'r2'", error.Message, StringComparison.Ordinal);
    }
}
