using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

public sealed class ModelsInServicesTests(ModelsInServices deployment) : DeploymentTests(deployment), IClassFixture<ModelsInServices>
{
    private readonly ModelsInServices _services = deployment;

    [Theory]
    [InlineData("", "sensorium-mini")]
    [InlineData("sensorium-mini", "sensorium-mini")]
    [InlineData("mini-clip", "mini-clip")]
    public async Task An_encoder_alone_answers_with_the_model_that_is_asked_for(string asked, string answered)
    {
        var client = new V1.EncoderService.EncoderServiceClient(_services.Text.Channel);
        var item = Text("a dog");
        item.Modality = V1.Modality.Text;

        var response = await client.EncodeAsync(new V1.EncodeRequest { Items = { item }, Options = Options(asked) });

        Assert.Equal(answered, response.Model.Id);
        Assert.NotNull(Assert.Single(response.Results).Encoded);
    }

    [Theory]
    [InlineData("sensorium-mini")]
    [InlineData("mini-clip")]
    public async Task The_gateway_passes_the_model_on_to_the_services(string model)
    {
        var response = await Client.EmbedAsync(new V1.EmbedRequest { Items = { Text("a dog"), Data(Pictures.Png(1)) }, Options = Options(model) });

        Assert.Equal(model, Assert.Single(response.Models.Select(used => used.Id).Distinct()));
        Assert.All(response.Results, result => Assert.NotNull(result.Encoded));
    }

    [Fact]
    public async Task A_text_and_a_picture_of_two_spaces_are_not_compared_and_both_are_named()
    {
        var text = await Client.EmbedAsync(new V1.EmbedRequest { Items = { Text("a dog") } });
        var picture = await Client.EmbedAsync(new V1.EmbedRequest { Items = { Data(Pictures.Png(2)) } });
        var request = new V1.CompareRequest { Left = { Text("a dog") }, Right = { Data(Pictures.Png(2)) } };

        var status = await ExpectFailureAsync(
            () => Client.CompareAsync(request).ResponseAsync, StatusCode.FailedPrecondition, ErrorReasons.SpaceMismatch);

        Assert.NotEqual(text.SpaceId, picture.SpaceId);
        Assert.Contains($"\"{text.SpaceId}\"", status.Message);
        Assert.Contains($"\"{picture.SpaceId}\"", status.Message);
    }

    private static V1.EncodeOptions Options(string model) => new() { Model = new V1.ModelSelector { Id = model } };
}
