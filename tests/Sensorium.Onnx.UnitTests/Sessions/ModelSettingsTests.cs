using Sensorium.Core.Models;
using Sensorium.Onnx.Sessions;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Sessions;

public sealed class ModelSettingsTests
{
    [Fact]
    public void What_a_model_says_goes_before_what_its_service_says()
    {
        var service = new OnnxOptions { Variant = "fp16", Threads = 3, BatchInvariant = false };

        var own = service.For(new ModelSettings { Variant = "q8", Variants = { ["decoder"] = "q4" }, Threads = 0 });
        var others = service.For(new ModelSettings());

        Assert.Equal(("q8", "q4", 0, false), (own.VariantOf("model"), own.VariantOf("decoder"), own.Threads, own.BatchInvariant));
        Assert.Equal(("fp16", "fp16", 3), (others.VariantOf("model"), others.VariantOf("decoder"), others.Threads));
    }

    [Theory]
    [InlineData("Variant", "'fp8'")]
    [InlineData("Variants:decoder", "'half'")]
    [InlineData("Device", "'gpu'")]
    [InlineData("Threads", "-1")]
    [InlineData("MemoryLimitMiB", "-2")]
    public void A_setting_that_cannot_be_is_refused_by_its_key(string key, string value)
    {
        var wrong = new ModelSettings { Variant = "fp8", Variants = { ["decoder"] = "half" }, Device = "gpu", Threads = -1, MemoryLimitMiB = -2 };

        var result = new ModelSettingsValidator().Validate(null, new ModelsOptions { Settings = { ["a"] = wrong } });

        Assert.Contains(value, Assert.Single(result.Failures!, failure => failure.Contains($"Sensorium:Models:Settings:a:{key} ", StringComparison.Ordinal)));
    }
}
