using Grpc.Core;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

public sealed class SeveralModelsTests(SeveralModels deployment) : DeploymentTests(deployment), IClassFixture<SeveralModels>
{
    [Fact]
    public async Task Status_lists_what_is_served_and_why_the_rest_is_not()
    {
        var status = await Client.StatusAsync(new V1.StatusRequest());

        var text = status.Services.Single(service => service.Name == "text");
        Assert.Equal(["sensorium-mini", "mini-clip"], text.Models.Select(model => model.Id));
        Assert.Equal("sensorium-mini", text.Model.Id);
        Assert.Equal("zz-broken", Assert.Single(text.Unserved).Id);
        Assert.Contains("config.json", text.Unserved[0].Reason);
        Assert.Equal(["sensorium-mini"], status.Services.Single(service => service.Name == "audio").Models.Select(model => model.Id));
    }

    [Fact]
    public async Task An_export_gives_the_text_vector_of_the_pack_that_has_the_same_weights()
    {
        var (pack, export) = await EmbedWithBothAsync(Text("two dogs run over a meadow"));

        Assert.Equal(("sensorium-mini", "mini-clip"), (pack.Models.Single().Id, export.Models.Single().Id));
        Assert.NotEqual(pack.SpaceId, export.SpaceId);
        Assert.Equal(pack.Results[0].Encoded.Embedding.Data, export.Results[0].Encoded.Embedding.Data);
    }

    [Fact]
    public async Task An_export_gives_the_picture_vector_of_the_pack_that_has_the_same_weights()
    {
        var (pack, export) = await EmbedWithBothAsync(Data(Pictures.Png(1)));

        Assert.NotEqual(pack.SpaceId, export.SpaceId);
        Assert.Equal(pack.Results[0].Encoded.Embedding.Data, export.Results[0].Encoded.Embedding.Data);
    }

    [Fact]
    public async Task Text_and_picture_of_an_export_share_a_space()
    {
        var request = new V1.CompareRequest
        {
            Left = { Text("a dog") },
            Right = { Data(Pictures.Png(2)) },
            Model = new V1.ModelSelector { Id = "mini-clip" },
        };

        Assert.StartsWith("mini-clip-", (await Client.CompareAsync(request)).SpaceId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "'sensorium-mini'", "'mini-clip'")]
    [InlineData("zz-broken", "'zz-broken'", "config.json")]
    public async Task A_model_that_is_not_served_is_refused_with_what_there_is_or_why(string model, string part, string other)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => EmbedAsync(Text("x"), model));

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains(part, error.Status.Detail);
        Assert.Contains(other, error.Status.Detail);
    }

    private async Task<(V1.EmbedResponse Pack, V1.EmbedResponse Export)> EmbedWithBothAsync(V1.Media medium) =>
        (await EmbedAsync(medium, ""), await EmbedAsync(medium, "mini-clip"));

    private Task<V1.EmbedResponse> EmbedAsync(V1.Media medium, string model) => Client.EmbedAsync(new V1.EmbedRequest
    {
        Items = { medium },
        Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model } },
    }).ResponseAsync;
}
