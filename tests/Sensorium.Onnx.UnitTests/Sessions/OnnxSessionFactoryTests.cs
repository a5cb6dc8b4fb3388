using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Sessions;

public sealed class OnnxSessionFactoryTests
{
    private static readonly OnnxSessionFactory Factory = new(
        Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance);

    private static ModelFile Text => BundledPack.Instance.Encoders[Modality.Text].GetModel(ModelVariants.SinglePrecision);

    [Fact]
    public void A_graph_is_loaded_with_its_inputs_and_outputs()
    {
        using var session = Factory.Create(Text, new OnnxOptions());

        Assert.Equal("cpu", session.Device);
        Assert.Equal(2, session.RequireInput("input_ids", 2).Rank);
        Assert.Equal(BundledPack.Instance.EmbeddingWidth, session.RequireOutput("text_embeds", 2).Dimensions[1]);
        Assert.True(session.IsBatchInvariant);
    }

    [Fact]
    public void A_missing_tensor_is_named_together_with_what_is_there()
    {
        using var session = Factory.Create(Text, new OnnxOptions());

        var error = Assert.Throws<ModelPackException>(() => session.RequireInput("pixel_values", 4));

        Assert.Contains("'pixel_values' of rank 4", error.Message);
        Assert.Contains("input_ids Int64 [?, ?]", error.Message);
    }

    [Fact]
    public void A_device_that_is_not_there_is_named()
    {
        var error = Assert.Throws<OnnxDeviceException>(() => Factory.Create(Text, new OnnxOptions { Device = "cuda:7" }));

        Assert.Contains("'cuda:7'", error.Message);
    }

    [Fact]
    public void A_device_that_is_not_there_falls_back_only_if_that_is_configured()
    {
        using var session = Factory.Create(Text, new OnnxOptions { Device = "cuda:7", Fallback = "cpu" });

        Assert.Equal("cpu", session.Device);
    }

    [Fact]
    public void A_file_that_is_no_graph_is_named()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "no graph");

            var error = Assert.Throws<ModelPackException>(() => Factory.Create(new ModelFile(path, "graph", "fp32", []), new OnnxOptions()));

            Assert.Contains(path, error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Sessions_with_threads_of_their_own_and_of_the_shared_pool_live_together()
    {
        using var shared = Factory.Create(Text, new OnnxOptions());
        using var own = Factory.Create(Text, new OnnxOptions { Threads = 1 });

        Assert.Equal(shared.Inputs.Keys, own.Inputs.Keys);
    }
}
