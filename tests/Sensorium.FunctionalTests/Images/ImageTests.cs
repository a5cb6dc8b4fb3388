using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.Media.Imaging;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.FunctionalTests.Images;

[Collection(ImagesInOneProcess.Name)]
public sealed class ImagesHere(ImagesInOneProcess deployment) : ImageTests(deployment);

[Collection(ImagesInTheirProcess.Name)]
public sealed class ImagesElsewhere(ImagesInTheirProcess deployment) : ImageTests(deployment);

/// <summary>Pictures of words, against what numpy makes of the same folder.</summary>
public abstract class ImageTests(Deployment deployment) : DeploymentTests(deployment)
{
    private const string Model = "tiny-diffusion";

    // Rounding to 8 bits may fall to either side.
    private const int Rounding = 1;

    [Fact]
    public async Task Pictures_are_those_of_the_reference()
    {
        var reference = TinyModels.Reference<Question, Answer>(Model);
        foreach (var (asked, expected) in reference.Question.Cases.Zip(reference.Answer.Pictures))
        {
            var events = await Client.DrawAsync(RequestOf(asked, reference.Answer.Side));

            Assert.Equal(Model, events[0].Started.Model.Id);
            Assert.Equal(asked.Seed, events[^1].Finished.Seed);
            Assert.InRange(ImageCalls.Difference([.. expected.Select(value => (byte)value)], events.Pictures()[0]), 0, Rounding);
        }
    }

    [Fact]
    public async Task The_same_seed_is_the_same_picture_alone_and_in_company()
    {
        var cases = TinyModels.Reference<Question, Answer>(Model).Question.Cases.Where(asked => asked.Strength is null).ToArray();
        var alone = new List<byte[]>();
        foreach (var asked in cases)
        {
            alone.Add((await Client.DrawAsync(RequestOf(asked, 16))).Pictures()[0]);
        }

        var together = await Task.WhenAll(cases.Select(asked => Client.DrawAsync(RequestOf(asked, 16))));
        var three = RequestOf(cases[0], 16);
        three.Seed--;
        three.Count = 3;

        Assert.All(alone.Zip(together), pair => Assert.InRange(ImageCalls.Difference(pair.First, pair.Second.Pictures()[0]), 0, Rounding));
        Assert.InRange(ImageCalls.Difference(alone[0], (await Client.DrawAsync(three)).Pictures()[1]), 0, Rounding);
    }

    [Fact]
    public async Task Steps_and_previews_are_told()
    {
        var events = await Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a red car", Steps = 6, Previews = 2, Width = 24, Height = 32 });

        Assert.Equal((24, 32, 6), (events[0].Started.Width, events[0].Started.Height, events[0].Started.Steps));
        var steps = events.Where(made => made.Step is not null).Select(made => made.Step).ToArray();
        Assert.Equal([1, 2, 3, 4, 5, 6], steps.Select(step => step.Step));
        Assert.All(steps.Where(step => step.Preview.Length > 0), step => Assert.Equal(24 * 32 * 3, ImageCalls.Pixels(step.Preview.ToByteArray()).Length));
        Assert.Equal(2, steps.Count(step => step.Preview.Length > 0));
        Assert.Equal(24 * 32 * 3, events.Pictures()[0].Length);
    }

    [Fact]
    public async Task A_client_that_leaves_stops_the_work()
    {
        var before = await Sensorium.MetricAsync("image-generation", "sensorium_image_generation_pictures_ended_total", "cancelled");
        using (var call = Client.GenerateImage(new V1.GenerateImageRequest { Prompt = "a red car", Steps = 150, Width = 128, Height = 128, Count = 8 }))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await Sensorium.UntilMetricAsync("image-generation", "sensorium_image_generation_pictures_ended_total", ended => ended >= before + 8, "cancelled");
        Assert.Single((await Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a red car", Steps = 1 })).Pictures());
    }

    [Theory]
    [InlineData("width", 17, 16, 4)]
    [InlineData("height", 16, -8, 4)]
    [InlineData("steps", 16, 16, 0)]
    public async Task Sizes_and_steps_that_cannot_be_are_refused(string field, int width, int height, int steps) => await ExpectFailureAsync(
        () => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a car", Width = width, Height = height, Steps = steps }),
        StatusCode.InvalidArgument,
        ErrorReasons.InvalidParameter,
        field);

    [Fact]
    public async Task Words_and_media_that_cannot_be_drawn_from_are_refused()
    {
        await ExpectFailureAsync(
            () => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = string.Join(' ', Enumerable.Repeat("dog", 30)) }), StatusCode.InvalidArgument, ErrorReasons.PromptTooLong, "32 tokens");
        await ExpectFailureAsync(() => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = " " }), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "prompt");
        await ExpectFailureAsync(
            () => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a car", Sampler = (V1.Sampler)99 }), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "sampler");
        await ExpectFailureAsync(
            () => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a car", Start = Text("no picture") }), StatusCode.InvalidArgument, ErrorReasons.ModalityMismatch, "picture");
        await ExpectFailureAsync(
            () => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a car", Start = Data([0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]) }), StatusCode.InvalidArgument, ErrorReasons.TruncatedMedia);
        await ExpectFailureAsync(
            () => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a car", Width = 1024, Height = 1024, Start = Data(PngWriter.Write(new byte[3000], 1, 1000)) }),
            StatusCode.InvalidArgument,
            ErrorReasons.TooManyPixels);
        await ExpectFailureAsync(
            () => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a car", Model = new V1.ModelSelector { Id = "sensorium-mini" } }),
            StatusCode.FailedPrecondition,
            ErrorReasons.ModelMismatch,
            Model);
    }

    [Fact]
    public async Task A_model_without_a_part_says_which()
    {
        await ExpectFailureAsync(
            () => Client.DrawAsync(new V1.GenerateImageRequest { Prompt = "a car", Model = new V1.ModelSelector { Id = "zz-no-unet" } }),
            StatusCode.FailedPrecondition,
            ErrorReasons.ModelNotServed,
            "unet/model.onnx");

        var status = await Client.StatusAsync(new V1.StatusRequest());
        Assert.Equal(Model, Assert.Single(status.Services, service => service.Name == "image-generation").Model.Id);
    }

    private static V1.GenerateImageRequest RequestOf(Case asked, int side)
    {
        var request = new V1.GenerateImageRequest
        {
            Prompt = asked.Prompt,
            NegativePrompt = asked.Negative,
            Guidance = asked.Guidance,
            Seed = asked.Seed,
            Steps = asked.Steps,
            Sampler = Enum.Parse<V1.Sampler>(asked.Sampler),
        };
        if (asked.Strength is { } strength)
        {
            (request.Start, request.Strength) = (Data(Gradients(side)), strength);
        }

        return request;
    }

    // As diffusion.py draws it.
    private static byte[] Gradients(int side) =>
        PngWriter.Write([.. Enumerable.Range(0, side * side).SelectMany(i => (byte[])[(byte)(i % side * 16), (byte)(i / side * 16), 128])], side, side);

    private sealed record Question(Case[] Cases);

    private sealed record Case(string Sampler, string Prompt, string Negative, float Guidance, ulong Seed, int Steps, float? Strength = null);

    private sealed record Answer(int Side, int[][] Pictures);
}
