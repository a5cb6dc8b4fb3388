using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class DeciderModelsTests : IDisposable
{
    private readonly TestDecisions _decisions = new();
    private readonly JoinedModels _models;

    public DeciderModelsTests() =>
        _models = new JoinedModels([_decisions.Gateway.Models, new DeciderModels(_decisions.Store, TimeProvider.System)], new ModelChanges());

    public void Dispose() => _decisions.Dispose();

    [Fact]
    public async Task Each_version_is_a_model_and_the_newest_answers_to_the_id()
    {
        await TeachAsync();
        await TeachAsync();
        _ = _decisions.Store.Get("size@1");

        var listed = (await _models.ListAsync(default)).Where(model => model.Family == "decider").ToArray();
        var operation = new ListModelsOperation(_decisions.Gateway.Directory, _models);
        var served = await operation.ServedAsync(default);

        Assert.Equal(["size@2", "size@1"], listed.Select(model => model.Id));
        Assert.Equal([["size"], []], listed.Select(model => model.Aliases));
        Assert.Equal([ModelState.Idle, ModelState.Loaded], listed.Select(model => model.Parts.Single().State));
        Assert.Equal(["1"], listed.Select(model => model.Parts.Single().Model?.Revision).OfType<string>());
        Assert.All(listed, model => Assert.True(model.Parts.Single().Task == ModelTask.Decide && model.SizeBytes > 0));
        Assert.Contains(served, model => model is { Id: "size@1", State: ModelState.Loaded, Writes: ["decision"], Reads: ["image"] });
        Assert.Equal(["size@2", "size@1", "size@2"], new[] { await FindAsync("size"), await FindAsync("size@1"), await FindAsync("size@2") });

        async Task<string> FindAsync(string name) => (await operation.FindAsync(name, default)).Id;
    }

    [Fact]
    public async Task A_decider_is_loaded_checked_and_unloaded_as_models_are()
    {
        await TeachAsync();
        var deciders = new DeciderModels(_decisions.Store, TimeProvider.System);

        var check = await deciders.CheckAsync("size", default);
        Assert.False(_decisions.Store.List().Single().IsLoaded);
        var loading = await deciders.LoadAsync("size", default).ToListAsync();
        var loaded = _decisions.Store.List().Single();
        var unloading = await deciders.UnloadAsync("size@1", default).ToListAsync();

        Assert.Equal(ModelState.Loaded, check.Parts.Single().Part.State);
        Assert.Equal([ModelState.Loading, ModelState.Loaded], loading.Select(step => step.State));
        Assert.True(loaded.MemoryBytes > 0);
        Assert.Equal([ModelState.Idle], unloading.Select(step => step.State));
        Assert.False(_decisions.Store.List().Single().IsLoaded);
    }

    [Fact]
    public async Task One_that_is_not_there_is_refused_with_those_that_are()
    {
        await TeachAsync();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => new DeciderModels(_decisions.Store, TimeProvider.System).CheckAsync("shape", default));

        Assert.Equal((ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch), (error.Code, error.Reason));
        Assert.Contains("size@1", error.Message, StringComparison.Ordinal);
    }

    private Task<List<TeachEvent>> TeachAsync() => _decisions.TeachAsync(
        [
            .. Enumerable.Range(0, 30).Select(i => new TaughtCaseInput(
                new CaseInput("cases[0]", $"case-{i}", [TestGateway.Picture((byte)i, field: "cases[0].media")], "", new Dictionary<string, FieldValue> { ["width"] = FieldValue.OfNumber(i) }),
                "",
                new Dictionary<string, string> { ["large"] = i > 14 ? "true" : "false" })),
        ],
        "size",
        [Question.Predicate("large", "It is large.")]);
}
