using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.Core.UnitTests.Models;

public sealed class ModelCatalogTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("sensorium-catalog-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_folder_without_models_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_root, "notes"));

        Assert.Contains("there is no model", Assert.Throws<ModelPackException>(() => Read("")).Message);
    }

    [Fact]
    public void An_export_that_no_family_knows_is_listed_beside_one_that_is_known()
    {
        AddExport("first", "toy");
        AddExport("second", "other");

        var catalog = Read("");

        Assert.Equal(["first", "second"], catalog.Models.Select(model => model.Id));
        Assert.Equal([new ModelKey(ModelTask.Embed, Modality.Text, "first")], catalog.Models[0].Keys);
        Assert.Contains("'other'", catalog.Models[1].Problem);
    }

    [Fact]
    public void The_default_comes_first_and_must_be_there()
    {
        AddExport("a", "toy");
        AddExport("b", "toy");

        Assert.Equal(("b", true), (Read("b").Models[0].Id, Read("b").Models[0].IsDefault));
        Assert.Contains("'a', 'b'", Assert.Throws<ModelPackException>(() => Read("c")).Message);
    }

    [Fact]
    public void Each_task_may_have_a_default_of_its_own()
    {
        AddExport("a", "toy");
        AddExport("b", "toy");

        var catalog = Read(new ModelsOptions { Defaults = { ["Embed"] = "b" } });

        Assert.True(catalog.Find("b")!.IsDefaultOf(ModelTask.Embed));
        Assert.False(catalog.Find("a")!.IsDefaultOf(ModelTask.Embed));
        Assert.True(catalog.Find("a")!.IsDefaultOf(ModelTask.Generate));
    }

    [Fact]
    public void A_model_knows_the_tasks_that_it_is_named_for()
    {
        AddExport("a", "toy");
        AddExport("b", "toy");

        var catalog = Read(new ModelsOptions { Defaults = { ["Embed"] = "b" } });

        Assert.Equal([ModelTask.Embed], catalog.Find("b")!.NamedTasks);
        Assert.Empty(catalog.Find("a")!.NamedTasks);
        Assert.Equal([ModelTask.Embed], catalog.Find("b")!.AsUnserved("gone", ModelTask.Embed).NamedTasks);
    }

    [Fact]
    public void A_default_for_what_the_model_does_not_do_is_refused()
    {
        AddExport("a", "toy");

        var error = Assert.Throws<ModelPackException>(() => Read(new ModelsOptions { Defaults = { ["Rerank"] = "a" } }));

        Assert.Contains("'Sensorium:Models:Defaults:Rerank' is 'a', but that model does Embed", error.Message);
    }

    [Theory]
    [InlineData("Sensorium:Models:Settings:nobody", "nobody", "x")]
    [InlineData("Sensorium:Models:Settings:a:Aliases", "a", "b")]
    public void Settings_of_a_model_that_is_not_there_or_with_the_name_of_another_are_refused_by_their_key(string key, string id, string alias)
    {
        AddExport("a", "toy");
        AddExport("b", "toy");
        var options = new ModelsOptions { Settings = { [id] = new ModelSettings { Aliases = { alias } } } };

        Assert.Contains(key, Assert.Throws<ModelPackException>(() => Read(options)).Message);
    }

    [Fact]
    public void A_folder_that_has_changed_or_has_come_is_read_again()
    {
        AddExport("a", "other");
        AddExport("b", "toy");
        var catalog = Read("");
        AddExport("a", "toy");
        AddExport("c", "toy");

        Assert.Null(catalog.Find("a")!.Pack);
        Assert.NotNull(catalog.Refresh("a")!.Pack);
        Assert.NotNull(catalog.Refresh("c")!.Pack);
        Assert.Null(catalog.Refresh("d"));
        Assert.Equal(["a", "b", "c"], catalog.Models.Select(model => model.Id).Order());
    }

    [Fact]
    public void A_folder_that_is_gone_says_so()
    {
        AddExport("a", "toy");
        AddExport("b", "toy");
        var catalog = Read("");
        Directory.Delete(Path.Combine(_root, "b"), recursive: true);

        var gone = catalog.Refresh("b")!;

        Assert.Null(gone.Pack);
        Assert.Contains("config.json", gone.Problem);
    }

    [Theory]
    [InlineData("1", "model.onnx")]
    [InlineData("1", "model.onnx", "config.json", "README.md")]
    [InlineData("10", "2/model.onnx", "10/model.onnx", "old/model.onnx")]
    public void A_graph_alone_is_a_model(string version, params string[] files)
    {
        foreach (var file in files.Select(file => Path.Combine(_root, "g", file)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "{}");
        }

        var model = Assert.Single(Read("").Models);

        Assert.Equal(("g", version), (model.Id, model.Pack!.Graph!.Version));
        Assert.Equal(new ModelKey(ModelTask.Infer, null, "g"), Assert.Single(model.Keys));
        Assert.EndsWith(files[^1] == "old/model.onnx" ? "g/10/model.onnx" : "g/model.onnx", model.Pack.Graph.GetGraph("model", "fp32").Path, StringComparison.Ordinal);
    }

    [Fact]
    public void The_space_of_an_export_is_that_of_its_weights()
    {
        AddExport("a", "toy");
        var before = Read("").Models[0].Pack!.SpaceId;
        File.WriteAllText(Path.Combine(_root, "a", "onnx", "model.onnx"), "other weights");

        Assert.NotEqual(before, Read("").Models[0].Pack!.SpaceId);
    }

    private ModelCatalog Read(ModelsOptions options) => ModelCatalog.OfFolder(_root, options, [new ToyFamily()]);

    private ModelCatalog Read(string defaultId) => ModelCatalog.OfFolder(_root, new ModelsOptions { Default = defaultId }, [new ToyFamily()]);

    private void AddExport(string id, string type)
    {
        var folder = Path.Combine(_root, id);
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        File.WriteAllText(Path.Combine(folder, "config.json"), $$"""{ "model_type": "{{type}}" }""");
        File.WriteAllText(Path.Combine(folder, "onnx", "model.onnx"), "weights");
    }
}
