using Sensorium.Core.Admission;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Grpc;

/// <summary>Streams that fill collections.</summary>
internal static class IndexMapping
{
    private static readonly Dictionary<IndexResult, V1.IndexOutcome> Outcomes = new()
    {
        [IndexResult.Added] = V1.IndexOutcome.Added,
        [IndexResult.Replaced] = V1.IndexOutcome.Replaced,
        [IndexResult.Unchanged] = V1.IndexOutcome.Unchanged,
        [IndexResult.Failed] = V1.IndexOutcome.Failed,
    };

    public static IndexPlan ToPlan(this V1.IndexHeader header, string requestId)
    {
        var options = new V1.EncodeOptions { CachePolicy = header.CachePolicy, Priority = header.Priority };
        var template = options.ToBatch(requestId, "header.");
        return new IndexPlan(
            header.Collection,
            header.Create,
            header.Model.ToName(),
            header.KeepContent,
            header.SkipUnchanged,
            header.Priority == V1.Priority.Unspecified ? template with { Priority = RequestPriority.Low } : template);
    }

    /// <summary>What is wrong with an item concerns it alone.</summary>
    public static IndexEntry ToEntry(this V1.IndexItem item, long index)
    {
        var bytes = item.CalculateSize();
        try
        {
            var metadata = item.Metadata.ToMetadata("item.metadata");
            return item.ContentCase switch
            {
                V1.IndexItem.ContentOneofCase.Media =>
                    IndexEntry.OfMedia(index, item.Id, MediaInputs.Read([item.Media], "item.media").Single(), metadata) with { Bytes = bytes },
                V1.IndexItem.ContentOneofCase.Vectors => IndexEntry.OfVectors(index, item.Id, item.Vectors.ToDomain(), metadata) with { Bytes = bytes },
                _ => throw SensoriumException.Invalid(ErrorReasons.NoSource, "item has neither a medium nor vectors.", "item"),
            };
        }
        catch (SensoriumException error)
        {
            return IndexEntry.Wrong(index, item.Id, error);
        }
    }

    public static V1.IndexResponse ToProto(this IndexEvent said, string requestId) => said switch
    {
        ItemIndexed item => new V1.IndexResponse { Item = ToProto(item) },
        IndexDone done => new V1.IndexResponse { Finished = ToProto(done, requestId) },
        _ => throw new InvalidOperationException($"{said.GetType().Name} has no place in the contract."),
    };

    private static V1.IndexedItem ToProto(ItemIndexed item) => new()
    {
        Index = item.Index,
        Id = item.Id,
        Outcome = Outcomes[item.Result],
        Error = item.Error?.ToErrorStatus(),
        Segments = item.Segments,
        Warnings = { item.Warnings.Select(EncodeMapping.ToProto) },
    };

    private static V1.IndexFinished ToProto(IndexDone done, string requestId) => new()
    {
        RequestId = requestId,
        Added = done.Counts[IndexResult.Added],
        Replaced = done.Counts[IndexResult.Replaced],
        Unchanged = done.Counts[IndexResult.Unchanged],
        Failed = done.Counts[IndexResult.Failed],
        SpaceId = done.SpaceId,
        Models = { done.Models.Select(ModelMapping.ToProto) },
    };

    private static OwnVectors ToDomain(this V1.Vectors vectors) => new(
        vectors.SpaceId, [.. vectors.Segments.Select((segment, i) => ToDomain(segment, $"item.vectors.segments[{i}]"))], vectors.Modality.ToDomain());

    private static ItemSegment ToDomain(V1.Segment segment, string field)
    {
        var range = segment.Range?.ToDomain();
        range?.Validate($"{field}.range");
        return new ItemSegment(range, MediaTrack.Default, segment.Embedding.ToCallersVector($"{field}.embedding"));
    }
}
