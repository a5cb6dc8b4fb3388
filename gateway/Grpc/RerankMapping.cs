using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>Questions to the domain, and the order back.</summary>
internal static class RerankMapping
{
    public static RerankQuestion ToQuestion(this V1.RerankRequest request) => new(request.Query, [.. request.Documents], request.TopN, request.Truncate);

    public static V1.RerankResponse ToProto(this Reranked reranked, string requestId) => new()
    {
        RequestId = requestId,
        Results = { reranked.Scores.Select(score => new V1.RerankResult { Index = score.Index, Score = score.Score, Logit = score.Logit }) },
        Model = reranked.Model.ToProto(),
        Warnings = { reranked.Warnings.Select(EncodeMapping.ToProto) },
        InputUnits = reranked.InputUnits,
    };
}
