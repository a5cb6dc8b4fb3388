using Google.Protobuf.WellKnownTypes;
using Sensorium.Gateway.Operations.Live;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc.Live;

/// <summary>What was noticed in a live stream.</summary>
internal static class LiveEventMapping
{
    public static V1.LiveEvent ToProto(this LiveEvent said, string requestId)
    {
        var message = new V1.LiveEvent { Range = said.Moment.Range.ToProto(), Lateness = said.Lateness.ToDuration() };
        switch (said)
        {
            case LiveStarted started:
                message.Started = new V1.LiveStarted { RequestId = requestId, Models = { started.Models.Select(ModelMapping.ToProto) } };
                break;
            case SceneChanged scene:
                message.Scene = new V1.LiveScene { Distance = scene.Distance };
                break;
            case FrameCaptioned caption:
                message.Caption = new V1.LiveCaption { Text = caption.Text };
                break;
            case AlertRaised alert:
                message.Alert = new V1.LiveAlert { Name = alert.Name, Modality = alert.Modality.ToProto(), Similarity = alert.Similarity, Ended = alert.Ended };
                break;
            case SoundHeard heard:
                message.Heard = new V1.LiveHeard { Label = heard.Label, Similarity = heard.Similarity, Score = heard.Score };
                break;
            case SpeechWritten written:
                message.Transcript = written.Segment.ToProto().Segment;
                break;
            case FrameDecided decided:
                message.Decision = ToProto(decided);
                break;
            case PartFailed failed:
                message.Problem = new V1.LiveProblem { Part = failed.Part, Error = failed.Error.ToErrorStatus() };
                break;
            case LiveProgress { Finished: true } progress:
                message.Finished = ToProto(progress);
                break;
            case LiveProgress progress:
                message.Progress = ToProto(progress);
                break;
        }

        return message;
    }

    private static V1.LiveDecision ToProto(FrameDecided decided) => new()
    {
        Answers = { decided.Outcome.Answers.Select(DecideMapping.ToProto) },
        Warnings = { decided.Outcome.Warnings.Select(EncodeMapping.ToProto) },
    };

    private static V1.LiveProgress ToProto(LiveProgress progress) => new()
    {
        Frames = Count(progress, LiveParts.Frames),
        Sound = Count(progress, LiveParts.Sound),
        Captions = Count(progress, LiveParts.Captions),
        Transcript = Count(progress, LiveParts.Transcript),
        Decisions = Count(progress, LiveParts.Decisions),
    };

    private static V1.LiveCount? Count(LiveProgress progress, string part) => progress.Counts.TryGetValue(part, out var count)
        ? new V1.LiveCount { Offered = count.Offered, Done = count.Done, Skipped = count.Skipped, Failed = count.Failed }
        : null;
}
