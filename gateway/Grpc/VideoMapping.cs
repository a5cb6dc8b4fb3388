using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Gateway.Operations.Videos;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>Requests for clips, and their events.</summary>
internal static class VideoMapping
{
    private const string MediaType = "video/mp4";

    /// <exception cref="Core.Errors.SensoriumException">INVALID_ARGUMENT: a value that the contract does not have.</exception>
    public static VideoRequest ToDomain(this V1.GenerateVideoRequest request, string requestId, DateTimeOffset? deadline)
    {
        var frame = new V1.GenerateImageRequest
        {
            Model = request.Model,
            NegativePrompt = request.NegativePrompt,
            Sampler = request.Sampler,
            Priority = request.Priority,
        };
        var like = frame.ToJob(requestId, start: null) with
        {
            Width = request.HasWidth ? request.Width : null,
            Height = request.HasHeight ? request.Height : null,
            Steps = request.HasSteps ? request.Steps : null,
            Guidance = request.HasGuidance ? request.Guidance : null,
            Seed = request.HasSeed ? request.Seed : null,
            Deadline = deadline,
        };
        return new VideoRequest(like, [.. request.Prompts], request.HasFramesPerSecond ? request.FramesPerSecond : null, DurationOf(request.Duration));
    }

    // One that is out of all range is refused as too long, whatever its parts.
    private static TimeSpan? DurationOf(Duration? duration) =>
        duration is null ? null : TimeSpan.FromSeconds(Math.Clamp(duration.Seconds + (duration.Nanos * 1e-9), -1, 1e6));

    public static V1.GenerateVideoResponse ToProto(this VideoEvent made) => made switch
    {
        VideoBegun begun => new V1.GenerateVideoResponse { Started = new V1.VideoStarted { Frames = begun.Frames, Duration = begun.Duration.ToDuration(), Seed = begun.Seed } },
        VideoFrameMade frame => new V1.GenerateVideoResponse { Frame = new V1.VideoFrame { Done = frame.Done, Frames = frame.Frames } },
        VideoChunk chunk => new V1.GenerateVideoResponse { Chunk = ByteString.CopyFrom(chunk.Bytes.Span) },
        VideoDone done => new V1.GenerateVideoResponse { Finished = new V1.VideoFinished { MediaType = MediaType, SizeBytes = done.SizeBytes, Model = done.Model.ToProto() } },
        _ => throw new ArgumentOutOfRangeException(nameof(made), made, null),
    };
}
