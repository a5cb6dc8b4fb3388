using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>Questions to the domain, and what came of them back.</summary>
internal static class ClassifyMapping
{
    /// <exception cref="SensoriumException">The scoring is none that is known here.</exception>
    public static ClassifyQuestion ToQuestion(this V1.ClassifyRequest request, string requestId, DateTimeOffset? deadline)
    {
        var options = new V1.EncodeOptions { Model = request.Model, CachePolicy = request.CachePolicy, Priority = request.Priority };
        return new ClassifyQuestion(
            [.. request.Labels.Select(label => new Label(label.Name, [.. label.Phrases]))],
            [.. request.Templates],
            request.Scoring.ToDomain(),
            request.HasLogitScale ? request.LogitScale : null,
            request.HasLogitBias ? request.LogitBias : null,
            request.HasNoneThreshold ? request.NoneThreshold : null,
            request.TopK,
            options.ToBatch(requestId, path: "") with { Deadline = deadline });
    }

    public static V1.ClassifyResponse ToProto(this Classified classified, string requestId) => new()
    {
        RequestId = requestId,
        Results = { classified.Results.Select(ToProto) },
        SpaceId = classified.SpaceId,
        Models = { classified.Models.Select(ModelMapping.ToProto) },
        Warnings = { classified.Warnings.Select(EncodeMapping.ToProto) },
    };

    private static V1.ClassifyResult ToProto(ClassifiedItem item)
    {
        var result = new V1.ClassifyResult
        {
            ItemId = item.Encoding.ItemId,
            CacheStatus = item.Encoding.CacheStatus.ToProto(),
            Warnings = { item.Encoding.Warnings.Select(EncodeMapping.ToProto) },
            Timing = item.Encoding.Timing.ToProto(),
        };
        if (item.Encoding.Error is { } error)
        {
            result.Error = error.ToErrorStatus();
            return result;
        }

        var scores = item.Scores.Select(score => new V1.LabelScore { Label = score.Label, Score = score.Score, Similarity = score.Similarity });
        result.Classification = new V1.Classification { Scores = { scores }, NoneOfThese = item.NoneOfThese };
        return result;
    }

    private static Scoring? ToDomain(this V1.Scoring scoring) => scoring switch
    {
        V1.Scoring.Unspecified => null,
        V1.Scoring.Softmax => Scoring.Softmax,
        V1.Scoring.Independent => Scoring.Independent,
        _ => throw SensoriumException.Invalid(
            ErrorReasons.InvalidParameter, $"scoring is {(int)scoring}, which is not a way to score.", "scoring"),
    };
}
