using Grpc.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Sensorium.Client;
using Sensorium.Client.VectorData;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class VectorStoreTests : GatewayFixture, IDisposable
{
    private SensoriumClient? _client;

    private VectorStore Store => (_client ??= new SensoriumClient(Address)).AsVectorStore(new SensoriumVectorStoreOptions { ModelId = "clip@2", SpaceId = "mine" });

    private VectorStoreCollection<string, Photo> Photos => Store.GetCollection<string, Photo>("c");

    public void Dispose() => _client?.Dispose();

    [Fact]
    public async Task A_record_is_an_item_whose_medium_the_collection_encodes()
    {
        await Photos.UpsertAsync(
            new Photo { Id = "a", Year = 2020, Place = "Kiel", Public = true, Tags = ["sea", "sun"], Picture = new DataContent(new byte[] { 1, 2 }, "image/png"), NotKept = "x" }, TestEnd);

        var item = Gateway.Indexed.Single();
        Assert.Equal(("a", "image/png", 2), (item.Id, item.Media.MediaType, item.Media.Data.Length));
        Assert.Equal("""{ "year": 2020, "Place": "Kiel", "Public": true, "Tags": [ "sea", "sun" ] }""", item.Metadata.ToString());
        Assert.Equal("c", Gateway.IndexHeader!.Collection);
    }

    [Fact]
    public async Task A_vector_goes_in_as_it_is_in_the_space_of_the_collection()
    {
        Gateway.OnCollections = _ => new CollectionsResponse { Collections = { new Collection { Name = "c", SpaceId = "s" } } };
        var definition = new VectorStoreCollectionDefinition
        {
            Properties = [new VectorStoreKeyProperty("key", typeof(string)), new VectorStoreDataProperty("n", typeof(long)), new VectorStoreVectorProperty("v", typeof(ReadOnlyMemory<float>), 2)],
        };
        var collection = Store.GetDynamicCollection("c", definition);

        await collection.UpsertAsync([Record("a", 1), Record("b", null)], TestEnd);

        Assert.Equal(["a", "b"], Gateway.Indexed.Select(item => item.Id));
        Assert.All(Gateway.Indexed, item => Assert.Equal(("s", 2), (item.Vectors.SpaceId, item.Vectors.Segments.Single().Embedding.ToFloats().Length)));
        Assert.Equal([1, 0], Gateway.Indexed.Select(item => item.Metadata.Fields.Count));

        static Dictionary<string, object?> Record(string key, long? n) => new() { ["key"] = key, ["n"] = n, ["v"] = new ReadOnlyMemory<float>([1, 0]) };
    }

    [Fact]
    public async Task Records_are_searched_by_words_media_and_vectors()
    {
        Gateway.OnSearch = request => new SearchResponse
        {
            Hits = { new SearchHit { Item = Item("a"), Score = 0.9f }, new SearchHit { Item = Item("b"), Score = 0.8f } },
            NextPageToken = request.PageToken.Length == 0 ? "next" : "",
        };
        var options = new VectorSearchOptions<Photo> { Skip = 1, Filter = photo => photo.Year > 2000, ScoreThreshold = 0.5 };

        var found = await Photos.SearchAsync("a flower", 2, options, TestEnd).ToListAsync(TestEnd);
        await Photos.SearchAsync(new DataContent(new byte[] { 7 }, "image/png"), 1, cancellationToken: TestEnd).ToListAsync(TestEnd);
        await Photos.SearchAsync(new Embedding<float>(new float[] { 1, 0 }), 1, cancellationToken: TestEnd).ToListAsync(TestEnd);

        Assert.Equal([("b", 0.8), ("a", 0.9)], found.Select(one => (one.Record.Id, Math.Round(one.Score!.Value, 3))));
        Assert.Equal((2020, "Kiel", 4.5, "sea"), (found[0].Record.Year, found[0].Record.Place, found[0].Record.Rating, found[0].Record.Tags!.Single()));
        var first = Gateway.Searches[0];
        Assert.Equal(("a flower", "year > 2000", 3, 0.5f), (first.Queries.Single().Media.Text, first.Filter, first.PageSize, first.MinScore));
        Assert.Equal(("next", 7, 2), (Gateway.Searches[1].PageToken, Gateway.Searches[2].Queries[0].Media.Data[0], Gateway.Searches[3].Queries[0].Vector.ToFloats().Length));

        static Item Item(string id) => new() { Id = id, Metadata = Google.Protobuf.WellKnownTypes.Struct.Parser.ParseJson("""{"year": 2020, "Place": "Kiel", "Rating": 4.5, "Tags": ["sea"], "more": 1}""") };
    }

    [Fact]
    public async Task Records_are_read_and_deleted_by_their_keys()
    {
        Gateway.OnListItems = request => new ListItemsResponse { Items = { request.Filter == "@id = 'it''s'" ? [new Item { Id = "it's" }] : [] } };

        Assert.Equal("it's", (await Photos.GetAsync("it's", cancellationToken: TestEnd))!.Id);
        Assert.Null(await Photos.GetAsync("other", cancellationToken: TestEnd));
        var deleted = new List<string>();
        Gateway.OnDelete = request =>
        {
            deleted.AddRange(request.Ids);
            return new DeleteResponse();
        };
        await Photos.DeleteAsync("a", TestEnd);
        await Photos.DeleteAsync(["b", "c"], TestEnd);
        Assert.Equal(["a", "b", "c"], deleted);
    }

    [Fact]
    public async Task Collections_are_made_for_a_model_or_for_vectors_and_listed_and_dropped()
    {
        Gateway.OnCollections = request => request.Describe is null
            ? new CollectionsResponse { Collections = { new Collection { Name = "c" }, new Collection { Name = "d" } } }
            : throw new RpcException(new Status(StatusCode.NotFound, "none"));

        Assert.False(await Photos.CollectionExistsAsync(TestEnd));
        await Photos.EnsureCollectionExistsAsync(TestEnd);
        await Store.GetCollection<string, Note>("c").EnsureCollectionExistsAsync(TestEnd);
        Assert.Equal(["c", "d"], await Store.ListCollectionNamesAsync(TestEnd).ToListAsync(TestEnd));

        var made = Gateway.CollectionRequests.Select(request => request.Create).OfType<CreateCollection>().ToArray();
        Assert.Equal(("clip", "2", ""), (made[0].Model.Id, made[0].Model.Revision, made[0].SpaceId));
        Assert.Equal((null, "mine", 3), (made[1].Model, made[1].SpaceId, made[1].Dimensions));
        Gateway.OnCollections = _ => throw new RpcException(new Status(StatusCode.NotFound, "none"));
        await Store.EnsureCollectionDeletedAsync("gone", TestEnd);
        Assert.Equal("gone", Gateway.CollectionRequests[^1].Drop.Name);
    }

    [Fact]
    public async Task A_failure_is_one_of_the_store_with_its_cause()
    {
        Gateway.OnIndex = (item, index) => new IndexedItem { Index = index, Id = item.Id, Outcome = IndexOutcome.Failed, Error = new ErrorStatus { Reason = "UNKNOWN_MODALITY", Message = "of no known format" } };
        Gateway.OnSearch = _ => throw new RpcException(new Status(StatusCode.NotFound, "There is no collection"));

        var refused = await Assert.ThrowsAsync<VectorStoreException>(() => Photos.UpsertAsync(new Photo { Id = "a", Picture = new DataContent(new byte[] { 1 }, "image/png") }, TestEnd));
        var absent = await Assert.ThrowsAsync<VectorStoreException>(async () => await Photos.SearchAsync("x", 1, cancellationToken: TestEnd).ToListAsync(TestEnd));

        Assert.Equal(("Upsert", "c", "UNKNOWN_MODALITY"), (refused.OperationName, refused.CollectionName, Assert.IsType<SensoriumCallException>(refused.InnerException).Reason));
        Assert.Contains("a: of no known format", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Search", absent.OperationName);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await Photos.SearchAsync(new object(), 1, cancellationToken: TestEnd).ToListAsync(TestEnd));
        await Assert.ThrowsAsync<NotSupportedException>(() => Photos.GetAsync("a", new RecordRetrievalOptions { IncludeVectors = true }, TestEnd));
        Assert.Throws<NotSupportedException>(() => Store.GetCollection<int, Numbered>("c"));
    }

    private sealed class Note
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreVector(3)]
        public float[] Vector { get; set; } = [];
    }

    private sealed class Numbered
    {
        [VectorStoreKey]
        public int Id { get; set; }

        [VectorStoreVector(3)]
        public float[] Vector { get; set; } = [];
    }
}
