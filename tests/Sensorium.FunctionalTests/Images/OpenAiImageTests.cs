using System.ClientModel;
using OpenAI;
using OpenAI.Images;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Images;

/// <summary>OpenAI's own client asks for pictures.</summary>
[Collection(ImagesInOneProcess.Name)]
public sealed class OpenAiImageTests(ImagesInOneProcess deployment) : DeploymentTests(deployment)
{
    private const string Model = "tiny-diffusion";

    private readonly ImageClient _images =
        new OpenAIClient(new ApiKeyCredential("any"), new OpenAIClientOptions { Endpoint = new Uri(deployment.GatewayHttp, "/v1") }).GetImageClient(Model);

    [Fact]
    public async Task Pictures_are_made()
    {
        var options = new ImageGenerationOptions { Size = new GeneratedImageSize(24, 16), ResponseFormat = GeneratedImageFormat.Bytes };

        var made = (await _images.GenerateImagesAsync("a red car", 2, options)).Value;

        Assert.Equal(2, made.Count);
        Assert.All(made, picture => Assert.Equal(24 * 16 * 3, ImageCalls.Pixels(picture.ImageBytes.ToArray()).Length));
    }

    [Fact]
    public async Task Pictures_are_changed()
    {
        using var picture = new MemoryStream(Pictures.Jpeg(3));

        var made = (await _images.GenerateImageEditAsync(picture, "start.jpg", "a blue bird", new ImageEditOptions { Size = new GeneratedImageSize(16, 16) })).Value;

        Assert.Equal(16 * 16 * 3, ImageCalls.Pixels(made.ImageBytes.ToArray()).Length);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_its_field()
    {
        var error = await Assert.ThrowsAsync<ClientResultException>(() => _images.GenerateImageAsync("a red car", new ImageGenerationOptions { Size = new GeneratedImageSize(17, 16) }));

        Assert.Equal(400, error.Status);
        Assert.Contains("width", error.Message, StringComparison.Ordinal);
    }
}
