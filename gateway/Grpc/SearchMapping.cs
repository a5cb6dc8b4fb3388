using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Searching;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>Questions to the domain, and pages of hits back.</summary>
internal static class SearchMapping
{
    /// <exception cref="SensoriumException">A query has no content, or its vector is no vector.</exception>
    public static SearchQuestion ToQuestion(this V1.SearchRequest request, string requestId, DateTimeOffset? deadline)
    {
        var options = new V1.EncodeOptions { CachePolicy = request.CachePolicy, Priority = request.Priority };
        return new SearchQuestion(
            request.Collection,
            [.. request.Queries.Select((query, i) => ToDomain(query, $"queries[{i}]"))],
            request.Filter,
            request.PageSize,
            request.PageToken,
            request.HasMinScore ? request.MinScore : null,
            request.WithThumbnails,
            options.ToBatch(requestId, path: "") with { Deadline = deadline });
    }

    public static V1.SearchResponse ToProto(this SearchPage page, string requestId) => new()
    {
        RequestId = requestId,
        Hits = { page.Hits.Select(ToProto) },
        NextPageToken = page.NextPageToken,
        SpaceId = page.SpaceId,
        Models = { page.Models.Select(ModelMapping.ToProto) },
        Warnings = { page.Warnings.Select(EncodeMapping.ToProto) },
    };

    private static V1.SearchHit ToProto(SearchHit hit) => new()
    {
        Item = hit.Match.Facts.ToProto(hit.Thumbnail),
        Score = hit.Match.Score,
        Moment = hit.Match.Range?.ToProto(),
        Track = hit.Match.Track.ToProto(),
    };

    private static WeightedQuery ToDomain(V1.SearchQuery query, string field)
    {
        var weight = query.HasWeight ? query.Weight : 1;
        return query.ContentCase switch
        {
            V1.SearchQuery.ContentOneofCase.Media => new WeightedQuery(field, MediaInputs.Read([query.Media], field).Single() with { Field = $"{field}.media" }, default, weight),
            V1.SearchQuery.ContentOneofCase.Vector => new WeightedQuery(field, null, query.Vector.ToCallersVector($"{field}.vector"), weight),
            _ => throw SensoriumException.Invalid(ErrorReasons.NoSource, $"{field} has neither a medium nor a vector.", field),
        };
    }
}
