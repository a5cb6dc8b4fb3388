using Sensorium.FunctionalTests.Families;
using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests.Images;

/// <summary>A gateway whose services are all elsewhere makes the pictures that one process makes.</summary>
[Collection(TinyModelsInSixProcesses.Name)]
public sealed class ImagesInServicesTests(TinyModelsInSixProcesses deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task A_picture_is_that_of_one_process_to_the_byte()
    {
        var request = new V1.GenerateImageRequest { Prompt = "a red car", NegativePrompt = "a bird", Steps = 4, Seed = 11, Width = 24, Height = 32 };
        await using var alone = new ImagesAlone();
        await alone.InitializeAsync();

        var expected = (await alone.Client.DrawAsync(request))[^1].Finished;
        var made = (await Client.DrawAsync(request))[^1].Finished;

        Assert.NotEmpty(made.Png);
        Assert.Equal((expected.Seed, expected.Png), (made.Seed, made.Png));
        Assert.Equal("tiny-diffusion", Assert.Single((await Client.StatusAsync(new V1.StatusRequest())).Services, service => service.Name == "image-generation").Model.Id);
    }
}
