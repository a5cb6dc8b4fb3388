using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Core.UnitTests.Models.Running;

public sealed class RunningModelsTests : IAsyncDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sensorium-running-").FullName;
    private readonly ModelHub<FakeDescription, FakeServer> _hub = new("text");
    private readonly HashSet<string> _failing = [];
    private readonly List<string> _created = [];
    private readonly Relief _relief = new();

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_is_listed_and_the_others_are_loaded()
    {
        Add("broken", "toy");
        Add("good", "toy");
        Add("unknown", "other");
        _failing.Add("broken");

        var models = await (await StartAsync()).ListAsync(CancellationToken.None);

        Assert.Equal(["good"], _hub.Served.Models.Select(model => model.Model.Id));
        Assert.Equal((ModelState.Failed, "no weights"), StateOf(models, "broken"));
        Assert.Equal((ModelState.Loaded, ""), StateOf(models, "good"));
        Assert.Contains("'other'", models.Single(model => model.Id == "unknown").Reason);
        Assert.Equal("toy", models.Single(model => model.Id == "good").Family);
    }

    [Fact]
    public async Task If_no_model_can_be_loaded_the_start_fails_with_the_reason()
    {
        Add("broken", "toy");
        _failing.Add("broken");

        Assert.Equal("no weights", (await Assert.ThrowsAsync<InvalidDataException>(() => StartAsync())).Message);
    }

    [Fact]
    public async Task Unloading_gives_memory_back_and_loading_takes_the_folder_as_it_is_now()
    {
        Add("a", "toy");
        using var models = await StartAsync();

        var unloaded = await models.UnloadAsync("a", CancellationToken.None).ToArrayAsync();
        Assert.Equal([ModelState.Unloading, ModelState.Unloaded], unloaded.Select(part => part.State));
        Assert.Equal(1, _relief.Releases);
        Assert.Contains("ModelService.Load", Assert.Single(_hub.Served.Unserved).Reason);

        File.WriteAllText(Path.Combine(_root, "a", "onnx", "model.onnx"), "other weights");
        var loaded = await models.LoadAsync("a", CancellationToken.None).ToArrayAsync();

        Assert.Equal([ModelState.Loading, ModelState.Loaded], loaded.Select(part => part.State));
        Assert.NotNull(_hub.Look("a"));
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_again_goes_on_serving()
    {
        Add("a", "toy");
        using var models = await StartAsync();
        _failing.Add("a");

        var part = (await models.LoadAsync("a", CancellationToken.None).ToArrayAsync())[^1];

        Assert.Equal((ModelState.Failed, "no weights"), (part.State, part.Reason));
        Assert.NotNull(_hub.Look("a"));
        Assert.Equal(ModelState.Loaded, StateOf(await models.ListAsync(CancellationToken.None), "a").State);
    }

    [Fact]
    public async Task A_check_reads_the_folder_as_it_is_and_leaves_what_is_served()
    {
        Add("a", "toy");
        Add("b", "toy");
        using var models = await StartAsync();
        Add("a", "other");
        _failing.Add("b");

        var (unread, broken) = (await models.CheckAsync("a", CancellationToken.None), await models.CheckAsync("b", CancellationToken.None));

        Assert.Contains("'other'", unread.Model.Reason);
        Assert.Empty(unread.Parts);
        Assert.Equal((ModelState.Failed, "no weights"), (broken.Parts[0].Part.State, broken.Parts[0].Part.Reason));
        Assert.Equal(["a", "b"], _hub.Served.Models.Select(model => model.Model.Id));
        Assert.Equal((ModelState.Loaded, ""), StateOf(await models.ListAsync(CancellationToken.None), "a"));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_refused_with_those_that_there_are()
    {
        Add("a", "toy");
        using var models = await StartAsync();

        var error = await Assert.ThrowsAsync<SensoriumException>(async () => await models.LoadAsync("b", CancellationToken.None).ToArrayAsync());

        Assert.Equal(ErrorReasons.ModelMismatch, error.Reason);
        Assert.Contains("'a'", error.Message);
    }

    /// <summary>Names are looked up among those that there are; none is made into a path.</summary>
    [Theory]
    [InlineData("../{0}/a")]
    [InlineData("./a")]
    [InlineData("a/")]
    [InlineData("a/../a")]
    [InlineData("/etc")]
    [InlineData("a\0")]
    public async Task A_path_is_no_name_of_a_model(string name)
    {
        Add("a", "toy");
        using var models = await StartAsync();
        var asked = string.Format(CultureInfo.InvariantCulture, name, Path.GetFileName(_root));

        foreach (var change in new[] { models.LoadAsync(asked, CancellationToken.None), models.UnloadAsync(asked, CancellationToken.None) })
        {
            Assert.Equal(ErrorReasons.ModelMismatch, (await Assert.ThrowsAsync<SensoriumException>(async () => await change.ToArrayAsync())).Reason);
        }
    }

    [Fact]
    public async Task A_model_that_is_not_to_be_loaded_at_start_waits_until_it_is()
    {
        Add("a", "toy");
        Add("b", "toy");
        using var models = await StartAsync(new ModelsOptions { Settings = { ["b"] = new ModelSettings { LoadAtStart = false } } });

        Assert.Null(_hub.Look("b"));
        Assert.Equal(ModelState.Unloaded, StateOf(await models.ListAsync(CancellationToken.None), "b").State);
        await models.LoadAsync("b", CancellationToken.None).ToArrayAsync();
        Assert.NotNull(_hub.Look("b"));
    }

    [Fact]
    public async Task A_model_that_is_described_asleep_is_served_and_loaded_by_its_first_request()
    {
        Add("a", "toy");
        Add("odd", "toy");
        using var models = await StartAsync(describe: model => model.Id == "odd" ? null : FakeDescription.Of(model.Id));

        Assert.Equal(["odd"], _created);
        Assert.Equal(["a", "odd"], _hub.Served.Models.Select(model => model.Model.Id));
        Assert.Equal((ModelState.Idle, ""), StateOf(await models.ListAsync(CancellationToken.None), "a"));
        for (var i = 0; i < 2; i++)
        {
            using var use = await _hub.UseAsync(new ModelSelector("a", null), CancellationToken.None);
            Assert.False(use.Server.IsDisposed);
        }

        Assert.Equal(["odd", "a"], _created);
        Assert.Equal((ModelState.Loaded, ""), StateOf(await models.ListAsync(CancellationToken.None), "a"));
    }

    [Fact]
    public async Task A_model_that_is_described_asleep_and_cannot_be_loaded_says_so_to_its_first_request()
    {
        Add("broken", "toy");
        _failing.Add("broken");
        using var models = await StartAsync(describe: model => FakeDescription.Of(model.Id));

        var failure = await Assert.ThrowsAsync<SensoriumException>(async () => await _hub.UseAsync(null, CancellationToken.None));

        Assert.Equal(ErrorReasons.ModelNotServed, failure.Reason);
        Assert.Contains("no weights", failure.Message, StringComparison.Ordinal);
    }

    private static (ModelState State, string Reason) StateOf(IReadOnlyList<ModelOverview> models, string id)
    {
        var part = Assert.Single(models.Single(model => model.Id == id).Parts);
        return (part.State, part.Reason);
    }

    private async Task<RunningModels> StartAsync(ModelsOptions? options = null, Func<CatalogModel, FakeDescription?>? describe = null)
    {
        var catalog = ModelCatalog.OfFolder(_root, options ?? new ModelsOptions(), [new ToyFamily()]);
        var runner = new ModelRunner<EncoderPart, FakeDescription, FakeServer>(
            _hub, ModelTask.Embed, pack => pack.Encoders.GetValueOrDefault(Modality.Text), (model, _, _) => CreateAsync(model), NullLogger.Instance)
        {
            DescribeAsleep = describe is null ? null : (model, _) => describe(model),
        };
        await runner.StartAsync(catalog, CancellationToken.None);
        var memory = new MemoryReliefs([_relief]);
        return new RunningModels(catalog, [runner], new ModelChecker([runner], [], memory, TimeProvider.System), memory);
    }

    private Task<LoadedModel<FakeDescription, FakeServer>> CreateAsync(CatalogModel model)
    {
        _created.Add(model.Id);
        return _failing.Contains(model.Id)
            ? throw new InvalidDataException("no weights")
            : Task.FromResult(new LoadedModel<FakeDescription, FakeServer>(FakeDescription.Of(model.Id), new FakeServer()));
    }

    private void Add(string id, string type)
    {
        var folder = Path.Combine(_root, id);
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        File.WriteAllText(Path.Combine(folder, "config.json"), $$"""{ "model_type": "{{type}}" }""");
        File.WriteAllText(Path.Combine(folder, "onnx", "model.onnx"), "weights");
    }

    private sealed class Relief : IMemoryRelief
    {
        public int Releases { get; private set; }

        public void Release() => Releases++;
    }
}
