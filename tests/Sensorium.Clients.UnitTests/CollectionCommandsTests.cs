using System.Security.Cryptography;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class CollectionCommandsTests : GatewayFixture
{
    [Fact]
    public async Task Index_sends_every_file_by_its_path_and_skips_what_is_there()
    {
        var folder = Path.GetDirectoryName(WriteFile("same.jpg", [1, 2, 3]))!;
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        WriteFile("sub/new.wav", [4]);
        WriteFile("changed.txt", [5]);
        WriteFile(".hidden", [6]);
        Gateway.OnListItems = _ => new ListItemsResponse
        {
            Items =
            {
                new Item { Id = "same.jpg", Sha256 = Convert.ToHexStringLower(SHA256.HashData([1, 2, 3])), Metadata = Struct.Parser.ParseJson("""{"year": 2020, "tag": "sea", "open": true, "more": 1}""") },
                new Item { Id = "changed.txt", Sha256 = "x" },
            },
        };
        Gateway.OnIndex = (item, index) => new IndexedItem { Index = index, Id = item.Id, Outcome = item.Id == "changed.txt" ? IndexOutcome.Replaced : IndexOutcome.Added };

        var (exitCode, output, error) = await RunAsync("index", folder, "--collection", "c", "--metadata", "year=2020", "--metadata", "tag=sea", "--metadata", "open=true");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal($"c: 1 added, 1 replaced, 1 skipped, 0 failed{Environment.NewLine}", output);
        Assert.Equal(["changed.txt", "sub/new.wav"], Gateway.Indexed.Select(item => item.Id));
        Assert.Equal([4], Gateway.Indexed[1].Media.Data.ToByteArray());
        Assert.Equal(("c", true), (Gateway.IndexHeader!.Collection, Gateway.IndexHeader.Create));
        var metadata = Gateway.Indexed[0].Metadata.Fields;
        Assert.Equal((2020, "sea", true), (metadata["year"].NumberValue, metadata["tag"].StringValue, metadata["open"].BoolValue));
    }

    [Theory]
    [InlineData("year=2020", "1 skipped")]
    [InlineData("year=2021", "1 replaced")]
    [InlineData("place=sea", "1 replaced")]
    public async Task A_file_whose_metadata_are_others_is_put_in_again(string metadata, string expected)
    {
        var folder = Path.GetDirectoryName(WriteFile("same.jpg", [1]))!;
        Gateway.OnListItems = _ => new ListItemsResponse
        {
            Items = { new Item { Id = "same.jpg", Sha256 = Convert.ToHexStringLower(SHA256.HashData([1])), Metadata = Struct.Parser.ParseJson("""{"year": 2020}""") } },
        };
        Gateway.OnIndex = (item, index) => new IndexedItem { Index = index, Id = item.Id, Outcome = IndexOutcome.Replaced };

        Assert.Contains(expected, (await RunAsync("index", folder, "-c", "c", "--metadata", metadata)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        Assert.Equal(0, (await RunAsync("search", "@home", "-c", "c", "--filter", "@modality = 'video'")).ExitCode);

        Assert.Equal(("@home", "@modality = 'video'"), (Gateway.Searches.Single().Queries.Single().Media.Text, Gateway.Searches.Single().Filter));
    }

    [Fact]
    public async Task A_file_that_fails_is_named_and_the_others_go_on()
    {
        var folder = Path.GetDirectoryName(WriteFile("bad.bin", [1]))!;
        WriteFile("good.jpg", [2]);
        WriteFile("void.txt", []);
        Gateway.OnIndex = (item, index) => item.Id == "good.jpg"
            ? new IndexedItem { Index = index, Id = item.Id, Outcome = IndexOutcome.Added, Warnings = { new Warning { Reason = "TRACK_MISSING", Message = "no sound" } } }
            : new IndexedItem { Index = index, Id = item.Id, Outcome = IndexOutcome.Failed, Error = new ErrorStatus { Reason = "UNKNOWN_MODALITY", Message = "of no known format" } };

        var (exitCode, output, error) = await RunAsync("index", folder, "-c", "c", "--again", "--json");

        Assert.Equal(1, exitCode);
        Assert.Contains("bad.bin: UNKNOWN_MODALITY: of no known format", error, StringComparison.Ordinal);
        Assert.Contains("good.jpg: TRACK_MISSING: no sound", error, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(output);
        Assert.Equal((1, 2), (json.RootElement.GetProperty("added").GetInt32(), json.RootElement.GetProperty("failed").GetInt32()));
    }

    [Fact]
    public async Task A_refusal_of_the_stream_is_told_once()
    {
        var folder = Path.GetDirectoryName(WriteFile("a.jpg", [1]))!;
        Gateway.OnIndex = (_, _) => throw new Grpc.Core.RpcException(new Grpc.Core.Status(Grpc.Core.StatusCode.Unavailable, "the disk is full"));

        var (exitCode, _, error) = await RunAsync("index", folder, "-c", "c");

        Assert.NotEqual(0, exitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(2, (await RunAsync("index", Path.Combine(folder, "none"), "-c", "c")).ExitCode);
        Assert.Equal(2, (await RunAsync("index", folder, "-c", "c", "--metadata", "novalue")).ExitCode);
    }

    [Fact]
    public async Task Search_mixes_words_and_media_and_shows_moments()
    {
        Gateway.OnSearch = _ => new SearchResponse
        {
            Hits =
            {
                new SearchHit { Item = new Item { Id = "clip.mp4" }, Score = 0.75f, Moment = new TimeRange { Start = Duration.FromTimeSpan(TimeSpan.FromSeconds(64)), End = Duration.FromTimeSpan(TimeSpan.FromSeconds(68)) } },
                new SearchHit { Item = new Item { Id = "note", Text = "two\nlines" }, Score = 0.5f },
            },
        };

        var (exitCode, output, _) = await RunAsync(
            "search", "a", "dog", "--image", WriteFile("dog.jpg", [7]), "-c", "c", "--words-weight", "0.5", "--filter", "n = 1", "--top", "2", "--min-score", "0.1");

        Assert.Equal(0, exitCode);
        Assert.Equal(["  1. 0.7500  clip.mp4 1:04-1:08", "  2. 0.5000  note: two lines", ""], output.Split(Environment.NewLine));
        var request = Gateway.Searches.Single();
        Assert.Equal(("a dog", 0.5f), (request.Queries[0].Media.Text, request.Queries[0].Weight));
        Assert.Equal((Modality.Image, 7), (request.Queries[1].Media.Modality, request.Queries[1].Media.Data[0]));
        Assert.Equal(("c", "n = 1", 2, 0.1f), (request.Collection, request.Filter, request.PageSize, request.MinScore));
        Assert.Equal(2, (await RunAsync("search", "-c", "c")).ExitCode);
    }

    [Fact]
    public async Task Search_writes_json()
    {
        Gateway.OnSearch = _ => new SearchResponse { Hits = { new SearchHit { Item = new Item { Id = "a", Modality = Modality.Video, Metadata = Struct.Parser.ParseJson("""{"n": 1}""") }, Score = 0.5f, Moment = new TimeRange { Start = Duration.FromTimeSpan(TimeSpan.FromSeconds(1.5)) } } } };

        using var json = JsonDocument.Parse((await RunAsync("search", "x", "-c", "c", "--json")).Output);

        Assert.Equal(("a", "video", 1.5), (json.RootElement.GetProperty("id").GetString(), json.RootElement.GetProperty("modality").GetString(), json.RootElement.GetProperty("start").GetDouble()));
        Assert.Equal(1, json.RootElement.GetProperty("metadata").GetProperty("n").GetDouble());
    }

    [Fact]
    public async Task Items_are_deleted_and_those_that_are_not_there_are_named()
    {
        Gateway.OnDelete = request => new DeleteResponse { Deleted = 1, MissingIds = { request.Ids.Skip(1) } };

        var (exitCode, output, error) = await RunAsync("delete", "a", "b", "-c", "c");

        Assert.Equal((1, $"c: 1 deleted{Environment.NewLine}", $"sensorium: b: it is not there{Environment.NewLine}"), (exitCode, output, error));
        Assert.Equal(2, (await RunAsync("delete", "-c", "c")).ExitCode);
        Assert.Equal(2, (await RunAsync("delete", "a", "-c", "c", "--filter", "n = 1")).ExitCode);
    }

    [Fact]
    public async Task Collections_are_listed_created_described_and_dropped()
    {
        Gateway.OnCollections = _ => new CollectionsResponse { Collections = { new Collection { Name = "c", Items = 3, Segments = 5, Dimensions = 512, SpaceId = "space-1", Store = "embedded" } } };

        var (exitCode, output, _) = await RunAsync("collections", "list");
        await RunAsync("collections", "create", "new", "--model", "clip");
        await RunAsync("collections", "describe", "c");
        using var json = JsonDocument.Parse((await RunAsync("collections", "drop", "c", "--json")).Output);

        Assert.Equal(0, exitCode);
        Assert.All(["c", "3", "5", "512", "default", "space-1", "embedded"], cell => Assert.Contains(cell, output, StringComparison.Ordinal));
        Assert.Equal(3, json.RootElement.GetProperty("items").GetInt32());
        Assert.NotNull(Gateway.CollectionRequests[0].List);
        Assert.Equal(("new", "clip"), (Gateway.CollectionRequests[1].Create.Name, Gateway.CollectionRequests[1].Create.Model.Id));
        Assert.Equal(("c", "c"), (Gateway.CollectionRequests[2].Describe.Name, Gateway.CollectionRequests[3].Drop.Name));
    }
}
