using System.Drawing;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.AI;
using Sensorium.Client;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

#pragma warning disable MEAI001 // The interface of pictures may still change.

public sealed class DrawCommandTests : GatewayFixture
{
    [Fact]
    public async Task Writes_the_picture()
    {
        Gateway.OnImage = _ => Made(1);
        var path = WriteFile("dog.png", []);

        var (exitCode, output, _) = await RunAsync("draw", "a dog", "--out", path);

        Assert.Equal((0, $"{path} (seed 7, 1.5 s){Environment.NewLine}"), (exitCode, output));
        Assert.Equal([9, 0], await File.ReadAllBytesAsync(path, TestEnd));
        var request = Assert.Single(Gateway.Images);
        Assert.Equal(("a dog", "", false, false, false), (request.Prompt, request.NegativePrompt, request.HasWidth, request.HasSeed, request.HasSteps));
    }

    [Fact]
    public async Task What_is_asked_for_goes_to_the_model()
    {
        Gateway.OnImage = _ => Made(2);
        var (start, path) = (WriteFile("start.png", [1, 2, 3]), WriteFile("cat.png", []));

        var (_, output, _) = await RunAsync(
            "draw", "a cat", "-o", path, "-m", "painter", "--negative", "rain", "--size", "64x32", "--steps", "9", "--guidance", "2.5", "--seed", "40", "-n", "2",
            "--sampler", "dpm_solver", "--from", start, "--strength", "0.4", "--json");

        var request = Assert.Single(Gateway.Images);
        Assert.Equal(("painter", "rain", 64, 32, 9, 2.5f), (request.Model.Id, request.NegativePrompt, request.Width, request.Height, request.Steps, request.Guidance));
        Assert.Equal((40UL, 2, Sampler.DpmSolver, 0.4f, 3), (request.Seed, request.Count, request.Sampler, request.Strength, request.Start.Data.Length));
        var lines = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToArray();
        Assert.Equal(["cat-1.png", "cat-2.png"], lines.Select(line => Path.GetFileName(line.GetProperty("file").GetString())));
        Assert.Equal([9, 1], await File.ReadAllBytesAsync(lines[1].GetProperty("file").GetString()!, TestEnd));
    }

    [Theory]
    [InlineData("draw")]
    [InlineData("draw", "a dog", "--size", "big")]
    [InlineData("draw", "a dog", "--sampler", "magic")]
    [InlineData("draw", "a dog", "--steps", "many")]
    public async Task What_cannot_be_read_is_refused(params string[] args) => Assert.NotEqual(0, (await RunAsync(args)).ExitCode);

    [Fact]
    public async Task Pictures_that_end_early_are_told()
    {
        Gateway.OnImage = _ => Made(1);

        Assert.NotEqual(0, (await RunAsync("draw", "a dog", "-n", "2", "-o", WriteFile("a.png", []))).ExitCode);
    }

    [Fact]
    public async Task The_interface_of_Microsoft_Extensions_AI_makes_pictures()
    {
        Gateway.OnImage = _ => Made(2);
        using var client = new SensoriumClient(Address);
        using var generator = client.AsImageGenerator("painter");
        var options = new ImageGenerationOptions { Count = 2, ImageSize = new Size(64, 32), RawRepresentationFactory = _ => new GenerateImageRequest { Steps = 5 } };

        var answer = await generator.EditImageAsync(new DataContent(new byte[] { 1, 2 }, "image/png"), "a dog", options, TestEnd);

        var request = Assert.Single(Gateway.Images);
        Assert.Equal(("painter", "a dog", 2, 64, 32, 5), (request.Model.Id, request.Prompt, request.Count, request.Width, request.Height, request.Steps));
        Assert.Equal(2, request.Start.Data.Length);
        Assert.Equal([[9, 0], [9, 1]], answer.Contents.Cast<DataContent>().Select(content => content.Data.ToArray()));
        Assert.Equal("sensorium", generator.GetService<ImageGeneratorMetadata>()?.ProviderName);
        await Assert.ThrowsAsync<NotSupportedException>(() => generator.GenerateImagesAsync("a dog", new ImageGenerationOptions { MediaType = "image/webp" }, TestEnd));
    }

    private static IEnumerable<ImageEvent> Made(int count)
    {
        yield return new ImageEvent { Started = new ImageStarted { Steps = 1 } };
        for (var i = 0; i < count; i++)
        {
            yield return new ImageEvent { Step = new ImageStep { Index = i, Step = 1, Steps = 1 } };
            yield return new ImageEvent { Finished = new ImageFinished { Index = i, Seed = 7, Png = ByteString.CopyFrom(9, (byte)i), Total = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)) } };
        }
    }
}
