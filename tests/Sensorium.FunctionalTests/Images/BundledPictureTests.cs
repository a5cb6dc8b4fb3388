using System.Text.Json;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Images;

/// <summary>The model that makes pictures which the repository brings.</summary>
[Collection(ImagesInOneProcess.Name)]
public sealed class BundledPictureTests(ImagesInOneProcess deployment) : DeploymentTests(deployment)
{
    private const string Model = "zy-draw";

    // Of 255: torch adds up in another order, over several steps.
    private const int Rounding = 2;

    /// <summary>Against `python3 -m sensorium_recipe.drawing reference`, which runs the checkpoint in torch, words included.</summary>
    [Fact]
    public async Task It_is_loaded_by_its_first_request_and_draws_what_torch_drew()
    {
        var expected = JsonSerializer.Deserialize<Reference>(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Images", "drawn_reference.json")), JsonSerializerOptions.Web)!;
        var models = new V1.ModelService.ModelServiceClient(Sensorium.Channel);
        var before = await StateAsync(models);

        var events = await Client.DrawAsync(new V1.GenerateImageRequest
        {
            Model = new V1.ModelSelector { Id = Model },
            Prompt = expected.Prompt,
            Seed = expected.Seed,
            Steps = expected.Steps,
            Guidance = expected.Guidance,
        });

        Assert.Equal((expected.Side, expected.Side), (events[0].Started.Width, events[0].Started.Height));
        Assert.InRange(ImageCalls.Difference(Convert.FromBase64String(expected.Pixels), events.Pictures()[0]), 0, Rounding);
        Assert.Equal((V1.ModelState.Idle, V1.ModelState.Loaded), (before, await StateAsync(models)));
    }

    private static async Task<V1.ModelState> StateAsync(V1.ModelService.ModelServiceClient models)
    {
        var all = await models.ListAsync(new V1.ModelServiceListRequest());
        return Assert.Single(all.Models.Single(model => model.Id == Model).Parts).State;
    }

    private sealed record Reference(string Prompt, ulong Seed, int Steps, float Guidance, int Side, string Pixels);
}
