using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Images;

/// <summary>Clips that go from prompt to prompt, with their sound.</summary>
[Collection(ImagesInOneProcess.Name)]
public sealed class VideoTests(ImagesInOneProcess deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task A_clip_has_its_pictures_and_its_sound()
    {
        var (events, file) = await FilmAsync(new V1.GenerateVideoRequest
        {
            Prompts = { "a red car", "a blue bird" },
            Steps = 2,
            Guidance = 1,
            Seed = 4,
            FramesPerSecond = 10,
            Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.2)),
            Sound = Data(Sounds.Tone(2, 440)),
        });

        Assert.Equal((12, 4UL, 1.2), (events[0].Started.Frames, events[0].Started.Seed, events[0].Started.Duration.ToTimeSpan().TotalSeconds));
        Assert.Equal(Enumerable.Range(1, 12), events.Where(made => made.Frame is not null).Select(made => made.Frame.Done));
        Assert.Equal((file.Length, "video/mp4", "tiny-diffusion"), (events[^1].Finished.SizeBytes, events[^1].Finished.MediaType, events[^1].Finished.Model.Id));

        // What was made is a medium like any other, with both tracks.
        var frames = await EmbedAsync(new V1.Media { Data = Google.Protobuf.ByteString.CopyFrom(file), Track = V1.Track.Frames });
        var sound = await EmbedAsync(new V1.Media { Data = Google.Protobuf.ByteString.CopyFrom(file), Track = V1.Track.Audio });
        Assert.NotEmpty(frames.Encoded.Segments);
        Assert.NotEmpty(sound.Encoded.Segments);
    }

    [Fact]
    public async Task A_clip_needs_no_sound()
    {
        var request = new V1.GenerateVideoRequest { Prompts = { "a red car" }, Steps = 1, Guidance = 1, FramesPerSecond = 2, Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) };

        var (events, file) = await FilmAsync(request);

        Assert.Equal(2, events[0].Started.Frames);
        Assert.NotEmpty((await EmbedAsync(new V1.Media { Data = Google.Protobuf.ByteString.CopyFrom(file), Track = V1.Track.Frames })).Encoded.Segments);
    }

    [Fact]
    public async Task What_no_clip_can_be_made_of_is_refused()
    {
        await RefusedAsync(request => request.Prompts.Clear(), ErrorReasons.InvalidParameter, "prompts");
        await RefusedAsync(request => request.Prompts.Add(" "), ErrorReasons.InvalidParameter, "prompts[1]");
        await RefusedAsync(request => request.FramesPerSecond = double.NaN, ErrorReasons.InvalidParameter, "frames_per_second");
        await RefusedAsync(request => request.Duration = new Duration { Seconds = -5 }, ErrorReasons.InvalidParameter, "duration");
        await RefusedAsync(request => request.Duration = new Duration { Seconds = long.MaxValue, Nanos = -7 }, ErrorReasons.InvalidParameter, "duration");
        await RefusedAsync(request => request.Width = 17, ErrorReasons.InvalidParameter, "width");
        await RefusedAsync(request => request.Sound = Data(Pictures.Jpeg(1)), ErrorReasons.ModalityMismatch, "sound");
        await RefusedAsync(request => request.Sound = Text("la la la"), ErrorReasons.ModalityMismatch, "sound");
    }

    private Task<Google.Rpc.Status> RefusedAsync(Action<V1.GenerateVideoRequest> change, string reason, string named)
    {
        var request = new V1.GenerateVideoRequest { Prompts = { "a red car" }, Steps = 1, FramesPerSecond = 2, Duration = new Duration { Seconds = 1 } };
        change(request);
        return ExpectFailureAsync(() => FilmAsync(request), StatusCode.InvalidArgument, reason, named);
    }

    private async Task<(List<V1.GenerateVideoResponse> Events, byte[] File)> FilmAsync(V1.GenerateVideoRequest request)
    {
        using var call = Client.GenerateVideo(request);
        var (events, file) = (new List<V1.GenerateVideoResponse>(), new MemoryStream());
        await foreach (var made in call.ResponseStream.ReadAllAsync())
        {
            events.Add(made);
            file.Write(made.Chunk.Span);
        }

        return (events, file.ToArray());
    }
}
