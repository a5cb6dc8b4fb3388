using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class CollectionsInOneProcess(OneProcess deployment) : CollectionTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class CollectionsInSixProcesses(SixProcesses deployment) : CollectionTests(deployment);

/// <summary>Media of every modality go into a collection and are found by media of every modality.</summary>
public abstract class CollectionTests(Deployment deployment) : DeploymentTests(deployment)
{
    private static readonly string[] Modalities = ["text", "image", "audio", "video"];

    [Fact]
    public async Task Every_modality_finds_every_modality()
    {
        var name = NewName();
        V1.Media[] media = [Text("a dog runs"), Data(Pictures.Jpeg(40)), Data(Sounds.Tone(1, 440)), Data(Videos.WithTracks)];
        await IndexAsync(name, [.. media.Zip(Modalities, (medium, id) => Item(id, medium))]);

        foreach (var (query, modality) in media.Zip(Modalities))
        {
            var hits = (await SearchAsync(name, query)).Hits;

            Assert.Equal(Modalities.Order(StringComparer.Ordinal), hits.Select(hit => hit.Item.Id).Order(StringComparer.Ordinal));
            Assert.Equal(hits.Select(hit => hit.Score).OrderDescending(), hits.Select(hit => hit.Score));
            Assert.All(hits, hit => Assert.Equal(hit.Item.Id, hit.Item.Modality.ToString().ToLowerInvariant()));
            if (modality != "video")
            {
                Assert.Equal((modality, 1.0), (hits[0].Item.Id, Math.Round(hits[0].Score, 3)));
            }

            var compared = await Client.CompareAsync(new V1.CompareRequest { Left = { query }, Right = { media[..3] } });
            var similarities = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(compared.Similarities.Data.Span).ToArray();
            Assert.All(Modalities.Take(3).Zip(similarities), pair => Assert.Equal(pair.Second, hits.Single(hit => hit.Item.Id == pair.First).Score, 1e-3));
        }
    }

    [Fact]
    public async Task A_small_picture_is_kept_of_pictures_and_videos_and_of_nothing_else()
    {
        var name = NewName();
        await IndexAsync(name, Item("image", Data(Pictures.Jpeg(40))), Item("video", Data(Videos.WithTracks)), Item("text", Text("a dog")), Item("audio", Data(Sounds.Tone(1, 440))));
        var request = new V1.SearchRequest { Collection = name, Queries = { new V1.SearchQuery { Media = Text("a dog") } }, WithThumbnails = true };

        var thumbnails = (await Client.SearchAsync(request)).Hits.ToDictionary(hit => hit.Item.Id, hit => hit.Item.Thumbnail.ToByteArray());

        Assert.All(["text", "audio"], id => Assert.Empty(thumbnails[id]));
        Assert.All(["image", "video"], id => Assert.Equal([0x89, .. "PNG"u8], thumbnails[id].Take(4)));

        // Width and height stand at bytes 16 and 20 of a PNG.
        Assert.Equal((96, 72), (thumbnails["video"][19], thumbnails["video"][23]));
        Assert.All((await Client.ListItemsAsync(new V1.ListItemsRequest { Collection = name })).Items, item => Assert.Empty(item.Thumbnail));
    }

    [Fact]
    public async Task A_video_answers_with_the_moment()
    {
        var name = NewName();
        var events = await IndexAsync(name, Item("video", Data(Videos.WithTracks)));
        var subtitle = new V1.Media { Data = Data(Videos.WithTracks).Data, Track = V1.Track.Subtitles };
        var second = (await EmbedAsync(subtitle)).Encoded.Segments[^1];

        var hit = (await SearchAsync(name, new V1.SearchQuery { Vector = second.Embedding })).Hits.Single();

        Assert.True(events[0].Item.Segments >= 3, $"{events[0].Item.Segments} segments");
        Assert.Equal((V1.Track.Subtitles, second.Range), (hit.Track, hit.Moment));
        Assert.Equal(1, hit.Score, 1e-3);
        Assert.Equal(4, hit.Item.Duration.ToTimeSpan().TotalSeconds, 0.2);
    }

    [Fact]
    public async Task Items_are_added_replaced_and_left_unchanged()
    {
        var name = NewName();
        var first = await IndexAsync(name, Item("a", Text("a dog")), Item("b", Text("a cat"), ("n", 1)), Item("", Text("rain")));
        var again = await IndexAsync(name, [Item("a", Text("a dog")), Item("b", Text("a cat"), ("n", 2)), Item("c", Text("snow"))], header => header.SkipUnchanged = true);

        Assert.Equal([V1.IndexOutcome.Added, V1.IndexOutcome.Added, V1.IndexOutcome.Added], first.SkipLast(1).Select(said => said.Item.Outcome));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("rain"u8)), first[2].Item.Id);
        Assert.Equal([V1.IndexOutcome.Unchanged, V1.IndexOutcome.Replaced, V1.IndexOutcome.Added], again.SkipLast(1).Select(said => said.Item.Outcome));
        Assert.Equal((1, 1, 1, 0), (again[^1].Finished.Added, again[^1].Finished.Replaced, again[^1].Finished.Unchanged, again[^1].Finished.Failed));
        Assert.Equal(4, (await DescribeAsync(name)).Items);
        Assert.Equal(["b"], (await SearchAsync(name, Text("a cat"), "n = 2")).Hits.Select(hit => hit.Item.Id));
    }

    [Fact]
    public async Task A_bad_item_fails_alone()
    {
        var name = NewName();
        var nested = Item("nested", Text("x"));
        nested.Metadata = Google.Protobuf.WellKnownTypes.Struct.Parser.ParseJson("""{"where": {"city": "Kiel"}}""");

        var events = await IndexAsync(name, Item("good", Text("a dog")), Item("bad", Data([1, 2, 3])), Item("none", new V1.Media()), nested, new V1.IndexItem { Id = "nothing" });

        Assert.Equal(
            ["", ErrorReasons.UnknownModality, ErrorReasons.NoSource, ErrorReasons.InvalidMetadata, ErrorReasons.NoSource],
            events.SkipLast(1).Select(said => said.Item.Error?.Reason ?? ""));
        Assert.Contains("item.metadata.where is an object", events[3].Item.Error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 4), (events[^1].Finished.Added, events[^1].Finished.Failed));
        Assert.Equal(["good"], (await Client.ListItemsAsync(new V1.ListItemsRequest { Collection = name })).Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Queries_are_mixed_by_their_weights()
    {
        var name = NewName();
        await IndexAsync(name, Item("dog", Text("a dog runs")), Item("rain", Text("rain on a roof")));
        var request = new V1.SearchRequest
        {
            Collection = name,
            Queries = { new V1.SearchQuery { Media = Text("a dog runs"), Weight = 1 }, new V1.SearchQuery { Media = Text("rain on a roof"), Weight = 0.2f } },
        };

        Assert.Equal("dog", (await Client.SearchAsync(request)).Hits[0].Item.Id);
        (request.Queries[0].Weight, request.Queries[1].Weight) = (-0.5f, 1);
        Assert.Equal("rain", (await Client.SearchAsync(request)).Hits[0].Item.Id);
    }

    [Fact]
    public async Task Pages_follow_each_other_and_items_are_listed_deleted_and_dropped()
    {
        var name = NewName();
        string[] words = ["dog", "cat", "rain", "snow", "sea", "wind", "car"];
        await IndexAsync(name, [.. words.Select((word, i) => Item(word, Text($"a {word}"), ("n", i)))], header => header.KeepContent = true);
        var request = new V1.SearchRequest { Collection = name, Queries = { new V1.SearchQuery { Media = Text("a cat") } }, PageSize = 3 };
        var found = new List<string>();
        do
        {
            var page = await Client.SearchAsync(request);
            found.AddRange(page.Hits.Select(hit => hit.Item.Id));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal("cat", found[0]);
        Assert.Equal(words.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        var list = new V1.ListItemsRequest { Collection = name, Filter = "n >= 5", PageSize = 1, WithContent = true };
        var first = await Client.ListItemsAsync(list);
        list.PageToken = first.NextPageToken;
        Assert.Equal(("car", "a car", "a car"), (first.Items[0].Id, first.Items[0].Content.ToStringUtf8(), first.Items[0].Text));
        Assert.Equal("wind", (await Client.ListItemsAsync(list)).Items.Single().Id);
        Assert.Equal((2, "none"), await DeleteAsync(new V1.DeleteRequest { Collection = name, Ids = { "dog", "cat", "none" } }));
        Assert.Equal((2, ""), await DeleteAsync(new V1.DeleteRequest { Collection = name, Filter = "n IN (2, 3) OR n = 100" }));
        Assert.Equal(3, (await DescribeAsync(name)).Items);
        await Client.CollectionsAsync(new V1.CollectionsRequest { Drop = new V1.DropCollection { Name = name } });
        await ExpectFailureAsync(() => DescribeAsync(name), StatusCode.NotFound, ErrorReasons.CollectionNotFound, name);
    }

    private static V1.IndexItem Item(string id, V1.Media media, params (string Name, double Value)[] metadata)
    {
        var item = new V1.IndexItem { Id = id, Media = media, Metadata = new Google.Protobuf.WellKnownTypes.Struct() };
        foreach (var (name, value) in metadata)
        {
            item.Metadata.Fields[name] = Google.Protobuf.WellKnownTypes.Value.ForNumber(value);
        }

        return item;
    }

    private static string NewName() => $"t-{Guid.NewGuid():N}";

    private Task<List<V1.IndexResponse>> IndexAsync(string name, params V1.IndexItem[] items) => IndexAsync(name, items, _ => { });

    private async Task<List<V1.IndexResponse>> IndexAsync(string name, V1.IndexItem[] items, Action<V1.IndexHeader> configure)
    {
        var header = new V1.IndexHeader { Collection = name, Create = true };
        configure(header);
        return await Client.IndexAllAsync(header, items);
    }

    private Task<V1.SearchResponse> SearchAsync(string name, V1.Media query, string filter = "") =>
        SearchAsync(name, new V1.SearchQuery { Media = query }, filter);

    private async Task<V1.SearchResponse> SearchAsync(string name, V1.SearchQuery query, string filter = "") =>
        await Client.SearchAsync(new V1.SearchRequest { Collection = name, Queries = { query }, Filter = filter });

    private async Task<V1.Collection> DescribeAsync(string name) =>
        (await Client.CollectionsAsync(new V1.CollectionsRequest { Describe = new V1.DescribeCollection { Name = name } })).Collections.Single();

    private async Task<(long Deleted, string Missing)> DeleteAsync(V1.DeleteRequest request)
    {
        var response = await Client.DeleteAsync(request);
        return (response.Deleted, string.Join(" ", response.MissingIds));
    }
}
