using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class FilmCommandTests : GatewayFixture
{
    [Fact]
    public async Task Writes_the_clip()
    {
        Gateway.OnVideo = _ => Made;
        var (sound, path) = (WriteFile("song.wav", [1, 2, 3]), WriteFile("clip.mp4", []));

        var (exitCode, output, _) = await RunAsync(
            "film", "a dog", "a cat", "--sound", sound, "-o", path, "-m", "painter", "--fps", "12.5", "--seconds", "3", "--size", "64x32", "--steps", "4", "--guidance", "2", "--seed", "9", "--negative", "rain");

        Assert.Equal((0, $"{path} (seed 9, 2 pictures, 0.5 s){Environment.NewLine}"), (exitCode, output));
        Assert.Equal([1, 2, 3, 4], await File.ReadAllBytesAsync(path, TestEnd));
        var request = Assert.Single(Gateway.Videos);
        Assert.Equal(["a dog", "a cat"], request.Prompts);
        Assert.Equal(("painter", "rain", 12.5, 3L, 64, 32), (request.Model.Id, request.NegativePrompt, request.FramesPerSecond, request.Duration.Seconds, request.Width, request.Height));
        Assert.Equal((4, 2f, 9UL, 3), (request.Steps, request.Guidance, request.Seed, request.Sound.Data.Length));
    }

    [Fact]
    public async Task A_clip_that_ends_early_leaves_nothing_behind()
    {
        Gateway.OnVideo = _ => Made.SkipLast(1);
        var path = WriteFile("clip.mp4", []);
        File.Delete(path);

        Assert.NotEqual(0, (await RunAsync("film", "a dog", "-o", path)).ExitCode);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Words_are_needed() => Assert.Equal(2, (await RunAsync("film")).ExitCode);

    private static GenerateVideoResponse[] Made =>
    [
        new() { Started = new VideoStarted { Frames = 2, Seed = 9, Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(0.5)) } },
        new() { Frame = new VideoFrame { Done = 1, Frames = 2 } },
        new() { Frame = new VideoFrame { Done = 2, Frames = 2 } },
        new() { Chunk = ByteString.CopyFrom(1, 2) },
        new() { Chunk = ByteString.CopyFrom(3, 4) },
        new() { Finished = new VideoFinished { MediaType = "video/mp4" } },
    ];
}
