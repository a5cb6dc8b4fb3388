using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

/// <summary>The bundled pack gives the same, however its manifest is written and whichever of its decoders it names.</summary>
public sealed class PackOfPartsTests(PacksOfParts deployment) : DeploymentTests(deployment), IClassFixture<PacksOfParts>
{
    [Fact]
    public async Task Vectors_are_those_of_format_1()
    {
        V1.Media[] media = [Text("two dogs run over a meadow"), Data(Pictures.Png(1)), Data(Sounds.Tone(2, 440)), Data(Videos.Silent)];

        var (before, after) = (await EmbedAsync("sensorium-mini", media), await EmbedAsync("parts", media));

        Assert.Equal(before.Results.Select(result => result.Encoded.Embedding.Data), after.Results.Select(result => result.Encoded.Embedding.Data));
        Assert.Equal(before.SpaceId, after.SpaceId);
    }

    [Theory]
    [InlineData("parts")]
    [InlineData("growing")]
    public async Task Captions_are_those_of_format_1(string model)
    {
        foreach (var media in (V1.Media[])[Data(Pictures.Png(1)), Data(Pictures.Png(2)), Data(Sounds.Tone(2, 440))])
        {
            Assert.Equal(await CaptionTextAsync(Request("sensorium-mini", media)), await CaptionTextAsync(Request(model, media)));
        }
    }

    // Greedily: what is recommended beside that is the manifest's alone.
    private static V1.CaptionRequest Request(string model, V1.Media media) => new()
    {
        Media = { media },
        Model = new V1.ModelSelector { Id = model },
        Parameters = new V1.GenerationParameters { Temperature = 0, NumBeams = 1, MaxNewTokens = 16 },
    };

    private async Task<V1.EmbedResponse> EmbedAsync(string model, V1.Media[] media) => await Client.EmbedAsync(new V1.EmbedRequest
    {
        Items = { media },
        Options = new V1.EncodeOptions { Model = new V1.ModelSelector { Id = model }, CachePolicy = V1.CachePolicy.Bypass },
    });
}

public sealed class PacksOfParts : ModelsInOneProcess
{
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Sensorium:Models:Folder"] = Folders.Root,
        ["Sensorium:Models:Default"] = "sensorium-mini",
    };

    protected override void Fill()
    {
        Folders.AddPack("sensorium-mini", ["text", "vision", "audio", "video"], withDecoder: true);
        Folders.AddPackOfParts("parts", grows: false);
        Folders.AddPackOfParts("growing", grows: true);
    }
}
