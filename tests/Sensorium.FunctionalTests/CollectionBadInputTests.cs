using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>What is wrong with a call about collections is said, by its reason and its field, and what is there stays.</summary>
[Collection(InOneProcess.Name)]
public sealed class CollectionBadInputTests(OneProcess deployment) : DeploymentTests(deployment)
{
    private const string Own = "own-space";

    [Fact]
    public async Task An_unknown_collection_is_named()
    {
        var header = new V1.IndexHeader { Collection = "nowhere" };

        await ExpectFailureAsync(() => Client.IndexAllAsync(header, Vector("a", 1, 0)), StatusCode.NotFound, ErrorReasons.CollectionNotFound, "nowhere");
        await ExpectFailureAsync(() => SearchAsync(search => search.Collection = "nowhere"), StatusCode.NotFound, ErrorReasons.CollectionNotFound, "nowhere");
        await ExpectFailureAsync(
            () => Client.DeleteAsync(new V1.DeleteRequest { Collection = "nowhere", Ids = { "a" } }).ResponseAsync, StatusCode.NotFound, ErrorReasons.CollectionNotFound, "nowhere");
        await ExpectFailureAsync(
            () => Client.ListItemsAsync(new V1.ListItemsRequest { Collection = "nowhere" }).ResponseAsync, StatusCode.NotFound, ErrorReasons.CollectionNotFound, "nowhere");
        await ExpectFailureAsync(
            () => SearchAsync(search => search.Collection = "../up"), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "collection is \"../up\"");
    }

    [Fact]
    public async Task Spaces_do_not_mix()
    {
        var name = await CreateAsync(2);
        var space = (await Client.EmbedAsync(new V1.EmbedRequest { Items = { Text("a dog") } })).SpaceId;

        var events = await Client.IndexAllAsync(
            new V1.IndexHeader { Collection = name }, new V1.IndexItem { Id = "text", Media = Text("a dog") }, Vector("other", "another", 1, 0), Vector("good", 1, 0));

        Assert.Equal([ErrorReasons.SpaceMismatch, ErrorReasons.SpaceMismatch, ""], events.SkipLast(1).Select(said => said.Item.Error?.Reason ?? ""));
        Assert.All([Own, space], one => Assert.Contains(one, events[0].Item.Error.Message, StringComparison.Ordinal));
        Assert.All([Own, "another"], one => Assert.Contains(one, events[1].Item.Error.Message, StringComparison.Ordinal));
        await ExpectFailureAsync(
            () => SearchAsync(search => (search.Collection, search.Queries[0].Media) = (name, Text("a dog"))), StatusCode.FailedPrecondition, ErrorReasons.SpaceMismatch, Own);
    }

    [Fact]
    public async Task A_model_of_another_space_is_not_put_in_the_place_of_the_collections()
    {
        var name = await CreateAsync(2);
        var header = new V1.IndexHeader { Collection = name, Model = new V1.ModelSelector { Id = "sensorium-mini" } };

        await ExpectFailureAsync(() => Client.IndexAllAsync(header, Vector("a", 1, 0)), StatusCode.FailedPrecondition, ErrorReasons.SpaceMismatch, "header.model");
        header.Create = true;
        await ExpectFailureAsync(() => Client.IndexAllAsync(header, Vector("a", 1, 0)), StatusCode.FailedPrecondition, ErrorReasons.SpaceMismatch, Own);
    }

    [Fact]
    public async Task A_vector_is_as_wide_as_the_collections_and_has_a_direction()
    {
        var name = await CreateAsync(2);

        var events = await Client.IndexAllAsync(new V1.IndexHeader { Collection = name }, Vector("wide", 1, 0, 0), Vector("zero", 0, 0), Vector("nan", float.NaN, 1), Vector("", 1, 0));

        Assert.Equal(
            [ErrorReasons.DimensionMismatch, ErrorReasons.InvalidParameter, ErrorReasons.InvalidParameter, ErrorReasons.InvalidParameter],
            events.SkipLast(1).Select(said => said.Item.Error?.Reason ?? ""));
        Assert.Contains("has 3 components", events[0].Item.Error.Message, StringComparison.Ordinal);
        await ExpectFailureAsync(
            () => SearchAsync(search => (search.Collection, search.Queries[0].Vector) = (name, Tensor(1, 0, 0))), StatusCode.InvalidArgument, ErrorReasons.DimensionMismatch, "queries[0]");
        await ExpectFailureAsync(
            () => SearchAsync(search => (search.Collection, search.Queries[0].Vector) = (name, new V1.Tensor { Shape = { 5 }, Dtype = V1.DataType.Float32 })),
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidParameter,
            "queries[0].vector");
    }

    [Fact]
    public async Task A_filter_names_the_character()
    {
        var name = await CreateAsync(2);

        var status = await ExpectFailureAsync(
            () => SearchAsync(search => (search.Collection, search.Filter) = (name, "year >= AND x = 1")), StatusCode.InvalidArgument, ErrorReasons.InvalidFilter, "at character 9");

        Assert.Equal("8", status.GetDetail<ErrorInfo>().Metadata["position"]);
        Assert.Equal("filter", status.GetDetail<BadRequest>().FieldViolations.Single().Field);
        await ExpectFailureAsync(
            () => Client.DeleteAsync(new V1.DeleteRequest { Collection = name, Filter = " " }).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidFilter, "blank");
        await ExpectFailureAsync(
            () => Client.DeleteAsync(new V1.DeleteRequest { Collection = name }).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "either ids or a filter");
    }

    [Fact]
    public async Task Pages_have_bounds_and_tokens_belong_to_their_request()
    {
        var name = await CreateAsync(2);
        await Client.IndexAllAsync(new V1.IndexHeader { Collection = name }, Vector("a", 1, 0), Vector("b", 0, 1));
        var page = await SearchAsync(search => (search.Collection, search.PageSize) = (name, 1));

        await ExpectFailureAsync(() => SearchAsync(search => (search.Collection, search.PageSize) = (name, 1001)), StatusCode.InvalidArgument, ErrorReasons.PageTooLarge, "at most 1000");
        await ExpectFailureAsync(() => SearchAsync(search => (search.Collection, search.PageSize) = (name, -1)), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "page_size is -1");
        await ExpectFailureAsync(
            () => Client.ListItemsAsync(new V1.ListItemsRequest { Collection = name, PageSize = 5000 }).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.PageTooLarge, "5000");
        await ExpectFailureAsync(
            () => SearchAsync(search => (search.Collection, search.PageToken, search.Filter) = (name, page.NextPageToken, "n = 1")),
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidPageToken,
            "page_token");
        await ExpectFailureAsync(() => SearchAsync(search => (search.Collection, search.PageToken) = (name, "ä!")), StatusCode.InvalidArgument, ErrorReasons.InvalidPageToken, "page_token");
        await ExpectFailureAsync(() => SearchAsync(search => (search.Collection, search.MinScore) = (name, 2)), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "min_score is 2");
    }

    [Fact]
    public async Task A_stream_begins_with_a_header_and_has_items()
    {
        var name = await CreateAsync(2);

        await ExpectFailureAsync(() => Client.IndexAllAsync(new V1.IndexHeader { Collection = name }), StatusCode.InvalidArgument, ErrorReasons.NoMedia, "no items");
        await ExpectFailureAsync(() => Client.IndexAllAsync(new V1.IndexHeader { Collection = "new", Create = true }), StatusCode.InvalidArgument, ErrorReasons.NoMedia, "no items");
        await ExpectFailureAsync(() => SearchAsync(search => search.Collection = "new"), StatusCode.NotFound, ErrorReasons.CollectionNotFound, "new");
        await ExpectFailureAsync(
            async () =>
            {
                using var call = Client.Index();
                await call.RequestStream.WriteAsync(new V1.IndexRequest { Item = Vector("a", 1, 0) });
                await call.RequestStream.CompleteAsync();
                await call.ResponseStream.MoveNext(CancellationToken.None);
            },
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidParameter,
            "must carry its header");
    }

    [Fact]
    public async Task A_collection_is_made_once_and_right()
    {
        var name = await CreateAsync(2);

        await ExpectCreationFailureAsync(new V1.CreateCollection { Name = name }, StatusCode.AlreadyExists, ErrorReasons.CollectionExists, name);
        await ExpectCreationFailureAsync(new V1.CreateCollection { Name = "Upper" }, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "create.name is \"Upper\"");
        await ExpectCreationFailureAsync(new V1.CreateCollection { Name = "x", SpaceId = "s" }, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "create.dimensions is 0");
        await ExpectCreationFailureAsync(new V1.CreateCollection { Name = "x", Dimensions = 5 }, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "space of the caller's own");
        await ExpectCreationFailureAsync(
            new V1.CreateCollection { Name = "x", Model = new V1.ModelSelector { Id = "no-such-model" } }, StatusCode.FailedPrecondition, ErrorReasons.ModelMismatch, "no-such-model");
        await ExpectFailureAsync(() => Client.CollectionsAsync(new V1.CollectionsRequest()).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "set list, create");
    }

    private async Task ExpectCreationFailureAsync(V1.CreateCollection create, StatusCode code, string reason, string message) =>
        await ExpectFailureAsync(() => Client.CollectionsAsync(new V1.CollectionsRequest { Create = create }).ResponseAsync, code, reason, message);

    private async Task<string> CreateAsync(int dimensions)
    {
        var create = new V1.CreateCollection { Name = $"t-{Guid.NewGuid():N}", SpaceId = Own, Dimensions = dimensions };
        return (await Client.CollectionsAsync(new V1.CollectionsRequest { Create = create })).Collections.Single().Name;
    }

    private Task<V1.SearchResponse> SearchAsync(Action<V1.SearchRequest> configure)
    {
        var request = new V1.SearchRequest { Queries = { new V1.SearchQuery { Vector = Tensor(1, 0) } } };
        configure(request);
        return Client.SearchAsync(request).ResponseAsync;
    }

    private static V1.IndexItem Vector(string id, params float[] vector) => Vector(id, Own, vector);

    private static V1.IndexItem Vector(string id, string space, params float[] vector) =>
        new() { Id = id, Vectors = new V1.Vectors { SpaceId = space, Segments = { new V1.Segment { Embedding = Tensor(vector) } } } };

    private static V1.Tensor Tensor(params float[] vector) =>
        new() { Dtype = V1.DataType.Float32, Shape = { vector.Length }, Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(vector.AsSpan())) };
}
