using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Requests for pictures, and their events.</summary>
public static class ImageMapping
{
    /// <param name="start">The picture that is changed; null where one is made.</param>
    /// <exception cref="SensoriumException">INVALID_ARGUMENT: a value that the contract does not have.</exception>
    public static ImageJob ToJob(this V1.GenerateImageRequest request, string requestId, MediaItem? start) => new(requestId, request.Prompt)
    {
        NegativePrompt = request.NegativePrompt,
        Width = request.HasWidth ? request.Width : null,
        Height = request.HasHeight ? request.Height : null,
        Steps = request.HasSteps ? request.Steps : null,
        Guidance = request.HasGuidance ? request.Guidance : null,
        Seed = request.HasSeed ? request.Seed : null,
        Count = request.Count == 0 ? 1 : request.Count,
        Sampler = request.Sampler.ToDomain(),
        Start = start,
        Strength = request.HasStrength ? request.Strength : null,
        Previews = request.Previews,
        Blend = request.Blend is { } blend ? new ImageBlend(blend.Prompt, blend.HasSeed ? blend.Seed : null, blend.Weight) : null,
        Model = request.Model.ToDomain(),
        Priority = request.Priority.ToDomain("priority"),
    };

    public static V1.GenerateImageRequest ToProto(this ImageJob job)
    {
        var request = new V1.GenerateImageRequest
        {
            RequestId = job.RequestId,
            Prompt = job.Prompt,
            NegativePrompt = job.NegativePrompt,
            Count = job.Count,
            Sampler = job.Sampler is { } sampler ? (V1.Sampler)((int)sampler + 1) : V1.Sampler.Unspecified,
            Start = job.Start?.ToProto(),
            Previews = job.Previews,
            Blend = job.Blend?.ToProto(),
            Model = job.Model.ToProto(),
            Priority = job.Priority.ToProto(),
        };
        if (job.Width is { } width)
        {
            request.Width = width;
        }

        if (job.Height is { } height)
        {
            request.Height = height;
        }

        if (job.Steps is { } steps)
        {
            request.Steps = steps;
        }

        if (job.Guidance is { } guidance)
        {
            request.Guidance = guidance;
        }

        if (job.Seed is { } seed)
        {
            request.Seed = seed;
        }

        if (job.Strength is { } strength)
        {
            request.Strength = strength;
        }

        return request;
    }

    public static V1.ImageEvent ToProto(this ImageEvent made) => made switch
    {
        ImageStarted started => new V1.ImageEvent
        {
            Started = new V1.ImageStarted
            {
                QueuePosition = started.QueuePosition,
                Width = started.Width,
                Height = started.Height,
                Steps = started.Steps,
                Seeds = { started.Seeds },
                Model = started.Model.ToProto(),
            },
        },
        ImageProgress progress => new V1.ImageEvent
        {
            Step = new V1.ImageStep { Index = progress.Index, Step = progress.Step, Steps = progress.Steps, Preview = UnsafeByteOperations.UnsafeWrap(progress.Preview) },
        },
        ImageFinished finished => new V1.ImageEvent
        {
            Finished = new V1.ImageFinished
            {
                Index = finished.Index,
                Png = UnsafeByteOperations.UnsafeWrap(finished.Png),
                Seed = finished.Seed,
                Queue = finished.Queue.ToDuration(),
                Total = finished.Total.ToDuration(),
            },
        },
        _ => throw new ArgumentOutOfRangeException(nameof(made), made, null),
    };

    public static ImageEvent ToDomain(this V1.ImageEvent message) => message.EventCase switch
    {
        V1.ImageEvent.EventOneofCase.Started => new ImageStarted(
            message.Started.QueuePosition, message.Started.Width, message.Started.Height, message.Started.Steps, [.. message.Started.Seeds], message.Started.Model.ToDomain()),
        V1.ImageEvent.EventOneofCase.Step => new ImageProgress(message.Step.Index, message.Step.Step, message.Step.Steps, message.Step.Preview.Memory),
        V1.ImageEvent.EventOneofCase.Finished => new ImageFinished(
            message.Finished.Index, message.Finished.Png.Memory, message.Finished.Seed, message.Finished.Queue.ToTimeSpan(), message.Finished.Total.ToTimeSpan()),
        _ => throw new SensoriumException(ErrorCode.Internal, ErrorReasons.InternalFault, "The service that makes pictures sent an event of unknown kind."),
    };

    private static V1.ImageBlend ToProto(this ImageBlend blend)
    {
        var message = new V1.ImageBlend { Prompt = blend.Prompt, Weight = blend.Weight };
        if (blend.Seed is { } seed)
        {
            message.Seed = seed;
        }

        return message;
    }

    private static SamplerKind? ToDomain(this V1.Sampler sampler) => sampler == V1.Sampler.Unspecified
        ? null
        : System.Enum.IsDefined(sampler)
            ? (SamplerKind)((int)sampler - 1)
            : throw EnumMapping.Unknown("sampler", (int)sampler);
}
