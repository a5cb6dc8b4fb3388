using Sensorium.Hosting.Policies;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

public sealed class InfrastructureCallsTests
{
    [Theory]
    [InlineData("/v2/health/ready", true, false, false)]
    [InlineData("/inference.GRPCInferenceService/ServerReady", true, false, false)]
    [InlineData("/inference.GRPCInferenceService/ModelInfer", false, false, false)]
    [InlineData("/inference.GRPCInferenceService/RepositoryModelLoad", false, true, false)]
    [InlineData("/inference.GRPCInferenceService/RepositoryModelUnload", false, true, false)]
    [InlineData("/V2/Repository/Models/simple/unload", false, true, false)]
    [InlineData("/v2/repository/index", false, false, false)]
    [InlineData("/sensorium.v1.ModelService/Load", false, true, false)]
    [InlineData("/sensorium.v1.TensorService/Infer", false, false, true)]
    [InlineData("/sensorium.v1.ImageGenerationService/Draw", false, false, true)]
    [InlineData("/v2/models/simple/infer", false, false, false)]
    public void What_a_path_is_decides_who_may_call_it(string path, bool isHealth, bool manages, bool isBetweenServices) =>
        Assert.Equal((isHealth, manages, isBetweenServices), (InfrastructureCalls.IsHealth(path), InfrastructureCalls.Manages(path), InfrastructureCalls.IsBetweenServices(path)));
}
