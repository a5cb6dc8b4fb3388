using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class StatusInOneProcess(OneProcess deployment) : StatusTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class StatusInSixProcesses(SixProcesses deployment) : StatusTests(deployment);

public abstract class StatusTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task Every_service_says_where_and_what_it_is()
    {
        var status = await Client.StatusAsync(new V1.StatusRequest());

        // The model for pictures that is included is served where there is one process; its service is not among the six.
        string[] pictures = Sensorium.Distributed ? [] : ["image-generation"];
        Assert.Equal(["text", "vision", "audio", "video", "generation", .. pictures, "cache"], status.Services.Select(service => service.Name));
        Assert.All(status.Services, service => Assert.True(service.Ready, $"{service.Name}: {service.Detail}"));
        Assert.All(status.Services, service => Assert.Equal(Sensorium.Distributed, service.Address != "in-process"));
        Assert.Single(status.Services.Take(5).Select(service => service.Model.Id).Distinct());
        Assert.NotEmpty(status.Version);
    }
}
