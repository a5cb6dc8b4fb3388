using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Hosting.Grpc.Errors;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Events of a caption stream to the wire. The reverse is in <see cref="CaptionEventReader"/>.</summary>
public static class CaptionEventMapping
{
    public static V1.CaptionEvent ToProto(this CaptionEvent caption, string requestId, long sequence)
    {
        var message = new V1.CaptionEvent { RequestId = requestId, Sequence = sequence, ChoiceIndex = caption.ChoiceIndex };
        switch (caption)
        {
            case CaptionStarted started:
                message.Started = ToProto(started);
                break;
            case CaptionDelta delta:
                message.Delta = ToProto(delta);
                break;
            case CaptionMediaError error:
                message.MediaError = new V1.MediaError { ItemId = error.ItemId, Error = error.Error.ToErrorStatus() };
                break;
            case CaptionFinished finished:
                message.Finished = ToProto(finished);
                break;
        }

        return message;
    }

    private static V1.Started ToProto(CaptionStarted started) => new()
    {
        QueuePosition = started.QueuePosition,
        Media = { started.Media.Select(ToProto) },
        Warnings = { started.Warnings.Select(EncodeMapping.ToProto) },
    };

    private static V1.MediaStatus ToProto(CaptionMediaStatus status) => new()
    {
        ItemId = status.ItemId,
        Modality = status.Modality.ToProto(),
        Track = status.Track.ToProto(),
        CacheStatus = status.CacheStatus.ToProto(),
        SegmentsAvailable = status.SegmentsAvailable,
        SegmentsUsed = status.SegmentsUsed,
        Tokens = status.Tokens,
        Model = status.Model?.ToProto(),
        Timing = status.Timing.ToProto(),
    };

    private static V1.Delta ToProto(CaptionDelta delta) => new()
    {
        TokenIds = { delta.TokenIds },
        Text = delta.Text,
        Logprobs = { delta.LogProbs },
        Attention =
        {
            delta.Attention.Select(row => new V1.Attention
            {
                MediaWeights = { row.MediaWeights },
                TokenWeights = { row.TokenWeights },
            }),
        },
    };

    private static V1.Finished ToProto(CaptionFinished finished) => new()
    {
        Text = finished.Text,
        Reason = (V1.FinishReason)finished.Reason,
        Usage = new V1.GenerationUsage
        {
            PromptTokens = finished.Usage.PromptTokens,
            FusedTokens = finished.Usage.FusedTokens,
            GeneratedTokens = finished.Usage.GeneratedTokens,
        },
        Timing = new V1.GenerationTiming
        {
            Encode = finished.Timing.Encode.ToDuration(),
            Queue = finished.Timing.Queue.ToDuration(),
            TimeToFirstToken = finished.Timing.TimeToFirstToken.ToDuration(),
            Total = finished.Timing.Total.ToDuration(),
        },
        Model = finished.Model.ToProto(),
        SeedUsed = finished.SeedUsed,
        Score = finished.Score,
        Regions = { finished.Regions.Select(RegionMapping.ToProto) },
    };
}
