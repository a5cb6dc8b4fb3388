using Sensorium.Onnx.Sessions;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Sessions;

public sealed class OnnxOptionsValidatorTests
{
    private readonly OnnxOptionsValidator _validator = new();

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda:0")]
    [InlineData("cuda:12")]
    public void Devices_are_cpu_and_numbered_cuda(string device) =>
        Assert.True(_validator.Validate("Vision", new OnnxOptions { Device = device }).Succeeded);

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("CPU")]
    public void Other_devices_are_refused_by_name(string device)
    {
        var result = _validator.Validate("Vision", new OnnxOptions { Device = device });

        Assert.Contains($"'{device}'", Assert.Single(result.Failures!));
    }

    [Fact]
    public void All_problems_are_reported_together()
    {
        var options = new OnnxOptions { Device = "tpu", Fallback = "gpu", Variant = "fp8", Threads = -1, MemoryLimitMiB = -1 };

        var result = _validator.Validate("Vision", options);

        Assert.Equal(5, result.Failures!.Count());
    }
}
