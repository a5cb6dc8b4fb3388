using Sensorium.Core.Diffusion;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.UnitTests.Diffusion.Fakes;
using Xunit;

namespace Sensorium.Core.UnitTests.Diffusion;

/// <summary>What cannot be drawn is refused with the name of the field, before anything is spent on it.</summary>
public sealed class ImageParametersTests
{
    private static readonly ImageJob Good = new("r", "red car");
    private static readonly MediaItem Picture = new("start", new InlineSource(new byte[64]), Modality.Image);

    public static TheoryData<string, ImageJob> Wrong => new()
    {
        { "width", Good with { Width = 9 } },
        { "height", Good with { Height = 0 } },
        { "height", Good with { Height = -4 } },
        { "width", Good with { Width = 4096, Height = 4096 } },
        { "width", Good with { Width = int.MaxValue - 3, Height = int.MaxValue - 3 } },
        { "steps", Good with { Steps = 0 } },
        { "steps", Good with { Steps = 151 } },
        { "steps", Good with { Steps = 51, Sampler = SamplerKind.Lcm } },
        { "guidance", Good with { Guidance = float.NaN } },
        { "guidance", Good with { Guidance = -1 } },
        { "count", Good with { Count = 0 } },
        { "count", Good with { Count = 11 } },
        { "previews", Good with { Previews = 11 } },
        { "strength", Good with { Strength = 0.5f } },
        { "strength", Good with { Strength = 0, Start = Picture } },
        { "strength", Good with { Strength = float.NaN, Start = Picture } },
        { "blend.weight", Good with { Blend = new ImageBlend("blue", null, float.NaN) } },
        { "prompt", Good with { Prompt = "a b c d e f g" } },
        { "negative_prompt", Good with { NegativePrompt = "a b c d e f g" } },
        { "blend.prompt", Good with { Blend = new ImageBlend("a b c d e f g", null, 0) } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_named(string field, ImageJob job)
    {
        await using var generator = ImageGeneratorTests.Create(new FakeDiffusion());

        var error = await Assert.ThrowsAsync<SensoriumException>(() => ImageGeneratorTests.DrawAsync(generator, job));

        Assert.Equal((ErrorCode.InvalidArgument, field), (error.Code, error.Field));
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_an_encoder_of_pictures_says_so()
    {
        var shape = new FakeDiffusion().Shape with { ReadsPictures = false };

        var error = Assert.Throws<SensoriumException>(() => ImageParameters.Resolve(Good with { Start = Picture }, shape, new ImageGenerationOptions()));

        Assert.Equal((ErrorCode.FailedPrecondition, ErrorReasons.TaskMismatch), (error.Code, error.Reason));
    }

    [Fact]
    public void Guidance_is_that_of_the_request_or_the_model_or_the_usual()
    {
        var shape = new FakeDiffusion().Shape;
        float Guidance(ImageJob job, float? own) => ImageParameters.Resolve(job, shape with { Guidance = own }, new ImageGenerationOptions()).Guidance;

        Assert.Equal((7.5f, 3, 2), (Guidance(Good, null), Guidance(Good, 3), Guidance(Good with { Guidance = 2 }, 3)));
    }

    [Fact]
    public void A_graph_of_one_size_makes_no_other()
    {
        var shape = new FakeDiffusion().Shape with { OnlySize = new LatentSize(4, 4) };

        Assert.Equal("width", Assert.Throws<SensoriumException>(() => ImageParameters.Resolve(Good with { Width = 12 }, shape, new ImageGenerationOptions())).Field);
        Assert.Equal(8, ImageParameters.Resolve(Good, shape, new ImageGenerationOptions()).Width);
    }
}
