using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Sessions;

public sealed class VariantChoiceTests : IDisposable
{
    private const string Graph = "model";

    private readonly string _folder = Directory.CreateTempSubdirectory("variants").FullName;
    private readonly PackPart _part;

    public VariantChoiceTests()
    {
        foreach (var name in (string[])["model.onnx", "model_fp16.onnx", "model_int8.onnx"])
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Graphs", "simple.onnx"), Path.Combine(_folder, name));
        }

        _part = ModelCatalog.ReadFolder(_folder, new ModelsOptions(), []).Pack!.Graph!;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_is_left_open_is_the_light_variant_where_bytes_are_fast()
    {
        Assert.Equal("int8", Chosen(new OnnxOptions()));
        Assert.Equal("fp32", Chosen(new OnnxOptions(), areBytesFast: false));
        Assert.Equal("fp32", Chosen(new OnnxOptions { Device = "cuda:0" }));
        Assert.Equal("fp32", Chosen(new OnnxOptions(), light: null));
        Assert.Equal("fp32", Chosen(new OnnxOptions(), light: "q4"));
    }

    [Fact]
    public void What_a_setting_says_is_what_runs()
    {
        Assert.Equal("fp16", Chosen(new OnnxOptions { Variant = "fp16" }));
        Assert.Equal("fp32", Chosen(new OnnxOptions { Variant = "fp32" }));
        Assert.Equal("fp16", Chosen(new OnnxOptions { Variants = { [Graph] = "fp16" } }));
        Assert.Equal("int8", Chosen(new OnnxOptions { Variant = "fp16", Variants = { [Graph] = "auto" } }));
    }

    [Fact]
    public void Other_graphs_and_the_options_themselves_stay_as_they_are()
    {
        var options = new OnnxOptions { Threads = 3 };

        var chosen = options.Choose("int8", areBytesFast: true, _part);

        Assert.Equal(("fp32", 3), (chosen.VariantOf("other"), chosen.Threads));
        Assert.Empty(options.Variants);
    }

    private string Chosen(OnnxOptions options, string? light = "int8", bool areBytesFast = true) =>
        options.Choose(light, areBytesFast, _part).VariantOf(Graph);
}
