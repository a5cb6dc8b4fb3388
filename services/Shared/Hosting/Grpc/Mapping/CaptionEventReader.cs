using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Errors;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Events of a caption stream as they come from a peer.</summary>
public static class CaptionEventReader
{
    public static CaptionEvent ToDomain(this V1.CaptionEvent message) => message.EventCase switch
    {
        V1.CaptionEvent.EventOneofCase.Started => ToDomain(message.Started),
        V1.CaptionEvent.EventOneofCase.Delta => ToDomain(message.Delta, message.ChoiceIndex),
        V1.CaptionEvent.EventOneofCase.MediaError =>
            new CaptionMediaError(message.MediaError.ItemId, message.MediaError.Error.ToException()),
        V1.CaptionEvent.EventOneofCase.Finished => ToDomain(message.Finished, message.ChoiceIndex),
        _ => throw new SensoriumException(
            ErrorCode.Internal,
            ErrorReasons.InternalFault,
            $"The generation service sent an event of unknown kind at sequence {message.Sequence}."),
    };

    private static CaptionStarted ToDomain(V1.Started started) => new(
        started.QueuePosition,
        [.. started.Media.Select(ToDomain)],
        [.. started.Warnings.Select(EncodeMapping.ToDomain)]);

    private static CaptionMediaStatus ToDomain(V1.MediaStatus status) => new(
        status.ItemId,
        (Modality)status.Modality,
        status.Track.ToDomain(),
        status.CacheStatus.ToDomain(),
        status.SegmentsAvailable,
        status.SegmentsUsed,
        status.Tokens,
        status.Model?.ToDomain(),
        status.Timing.ToDomain());

    private static CaptionDelta ToDomain(V1.Delta delta, int choiceIndex) => new(
        choiceIndex,
        [.. delta.TokenIds],
        delta.Text,
        [.. delta.Logprobs],
        [.. delta.Attention.Select(row => new TokenAttention([.. row.MediaWeights], [.. row.TokenWeights]))]);

    private static CaptionFinished ToDomain(V1.Finished finished, int choiceIndex) => new(
        choiceIndex,
        finished.Text,
        (CaptionFinishReason)finished.Reason,
        new GenerationUsage(finished.Usage.PromptTokens, finished.Usage.FusedTokens, finished.Usage.GeneratedTokens),
        new GenerationTiming(
            finished.Timing.Encode.ToTimeSpan(),
            finished.Timing.Queue.ToTimeSpan(),
            finished.Timing.TimeToFirstToken.ToTimeSpan(),
            finished.Timing.Total.ToTimeSpan()),
        finished.Model.ToDomain(),
        finished.SeedUsed,
        finished.Score)
    {
        Regions = RegionMapping.ToDomain(finished.Regions),
    };
}
