using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Grpc;

/// <summary>Collections and their items.</summary>
internal static class CollectionMapping
{
    /// <summary>Maps one of the actions, runs it, maps what came of it.</summary>
    public static async Task<V1.CollectionsResponse> RunAsync(
        this CollectionsOperation collections, V1.CollectionsRequest request, CancellationToken cancellationToken)
    {
        var described = request.ActionCase switch
        {
            V1.CollectionsRequest.ActionOneofCase.List => await collections.ListAsync(cancellationToken),
            V1.CollectionsRequest.ActionOneofCase.Create => [await collections.CreateAsync(request.Create.ToPlan(), cancellationToken)],
            V1.CollectionsRequest.ActionOneofCase.Describe => [await collections.DescribeAsync(request.Describe.Name, cancellationToken)],
            V1.CollectionsRequest.ActionOneofCase.Drop => [await collections.DropAsync(request.Drop.Name, cancellationToken)],
            _ => throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, "The request says not what to do; set list, create, describe or drop.", "action"),
        };
        return new V1.CollectionsResponse { Collections = { described.Select(ToProto) } };
    }

    /// <summary>As collections keep it: "id", or "id@revision".</summary>
    public static string ToName(this V1.ModelSelector? model) =>
        model is null || model.Id.Length == 0 ? "" : model.Revision.Length == 0 ? model.Id : $"{model.Id}@{model.Revision}";

    public static ItemQuestion ToQuestion(this V1.ListItemsRequest request) => new(
        request.Collection,
        request.Filter,
        request.PageSize,
        request.PageToken,
        (request.WithThumbnails ? ItemParts.Thumbnail : ItemParts.None) | (request.WithContent ? ItemParts.Content : ItemParts.None));

    public static V1.ListItemsResponse ToProto(this ItemPage page) => new()
    {
        Items = { page.Items.Select(item => item.Facts.ToProto(item.Thumbnail, item.Content)) },
        NextPageToken = page.NextPageToken,
    };

    public static V1.Item ToProto(this ItemFacts facts, ReadOnlyMemory<byte> thumbnail, ReadOnlyMemory<byte> content = default) => new()
    {
        Id = facts.Id,
        Modality = facts.Modality.ToProto(),
        MediaType = facts.MediaType,
        Sha256 = facts.Sha256,
        SizeBytes = facts.SizeBytes,
        Duration = facts.Duration?.ToDuration(),
        Metadata = facts.Metadata.ToProto(),
        IndexedAt = facts.IndexedAt.ToTimestamp(),
        Text = facts.Text,
        Thumbnail = UnsafeByteOperations.UnsafeWrap(thumbnail),
        Content = UnsafeByteOperations.UnsafeWrap(content),
    };

    private static CollectionPlan ToPlan(this V1.CreateCollection create) =>
        new(create.Name, create.Model.ToName(), create.SpaceId, create.Dimensions);

    private static V1.Collection ToProto(DescribedCollection described) => new()
    {
        Name = described.Definition.Name,
        SpaceId = described.Definition.SpaceId,
        Dimensions = described.Definition.Width,
        Model = new V1.ModelSelector { Id = described.Definition.Model },
        CreatedAt = described.Definition.CreatedAt.ToTimestamp(),
        Items = described.Size.Items,
        Segments = described.Size.Segments,
        Store = described.Store,
    };
}
