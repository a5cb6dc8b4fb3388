using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Sensorium.Core.Packs;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

/// <summary>The bundled pack in eight bits, on any processor, beside single precision.</summary>
[Collection(InOneProcess.Name)]
public sealed class LightVariantTests(OneProcess whole, LightVariantTests.Light light) : IClassFixture<LightVariantTests.Light>
{
    // Drawings are none of what it was calibrated on.
    private const float Near = 0.97f;

    private static readonly V1.Media[] Media =
    [
        new() { Data = Google.Protobuf.ByteString.CopyFrom(Pictures.Jpeg(1)), Modality = V1.Modality.Image },
        new() { Data = Google.Protobuf.ByteString.CopyFrom(Pictures.Jpeg(2)), Modality = V1.Modality.Image },
        new() { Data = Google.Protobuf.ByteString.CopyFrom(Pictures.Jpeg(3)), Modality = V1.Modality.Image },
        new() { Text = "a dog runs" },
        new() { Data = Google.Protobuf.ByteString.CopyFrom(Sounds.Tone(2, 440)), Modality = V1.Modality.Audio },
        new() { Data = Google.Protobuf.ByteString.CopyFrom(Videos.Silent), Modality = V1.Modality.Video },
    ];

    [Fact]
    public async Task Vectors_are_near_those_of_single_precision_and_of_their_space()
    {
        var (bytes, floats) = (await EmbedAsync(light, Media), await EmbedAsync(whole, Media));

        Assert.All(bytes.Models, model => Assert.Equal(ModelVariants.EightBit, model.Variant));
        Assert.All(floats.Models, model => Assert.Equal(ModelVariants.SinglePrecision, model.Variant));
        Assert.Equal(floats.SpaceId, bytes.SpaceId);
        Assert.Empty(bytes.Models.Select(model => model.Revision).Intersect(floats.Models.Select(model => model.Revision)));
        Assert.All(bytes.Results.Zip(floats.Results), pair =>
            Assert.InRange(TensorPrimitives.CosineSimilarity(VectorOf(pair.First), VectorOf(pair.Second)), Near, 1.001f));
    }

    [Fact]
    public async Task A_medium_is_the_same_in_any_company()
    {
        var together = await EmbedAsync(light, Media);

        foreach (var (index, medium) in Media.Index())
        {
            Assert.Equal(together.Results[index].Encoded.Embedding, (await EmbedAsync(light, medium)).Results[0].Encoded.Embedding);
        }
    }

    private static Task<V1.EmbedResponse> EmbedAsync(Deployment deployment, params V1.Media[] media) =>
        deployment.Client.EmbedAsync(new V1.EmbedRequest { Items = { media }, Options = new V1.EncodeOptions { CachePolicy = V1.CachePolicy.Bypass } }).ResponseAsync;

    private static ReadOnlySpan<float> VectorOf(V1.EncodeResult result) => MemoryMarshal.Cast<byte, float>(result.Encoded.Embedding.Data.Span);

    public sealed class Light : OneProcess
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } =
            ((string[])["Text", "Vision", "Audio", "Video"]).ToDictionary(service => $"Sensorium:{service}:Model:Variant", _ => (string?)ModelVariants.EightBit);
    }
}
