using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Index.Collections;
using Sensorium.Index.Redis;
using StackExchange.Redis;
using Xunit;

namespace Sensorium.Index.UnitTests;

public sealed class GarnetStoreTests(GarnetServerFixture garnet) : RedisStoreTests(garnet.Connection), IClassFixture<GarnetServerFixture>;

/// <summary>Against the server that SENSORIUM_REDIS8 names, as "127.0.0.1:6379"; it needs vector sets. Skipped where it names none.</summary>
public sealed class Redis8StoreTests() : RedisStoreTests(Environment.GetEnvironmentVariable("SENSORIUM_REDIS8") ?? "", isShared: true);

/// <summary>What holds in every server with vector sets.</summary>
/// <param name="isShared">It outlives the tests, so that nothing of them may stay in it.</param>
public abstract class RedisStoreTests(string server, bool isShared = false) : StoreTests, IAsyncLifetime
{
    // A loaded machine is slow, not broken.
    private const string Patience = ",asyncTimeout=60000,syncTimeout=60000";

    private readonly string _prefix = $"t{Guid.NewGuid():N}:";
    private RedisServers? _servers;
    private ConnectionMultiplexer? _connection;

    internal override ICollectionStore Store => new RedisStore(_servers!);

    private IDatabase Server => _connection!.GetDatabase();

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(server.Length == 0, "SENSORIUM_REDIS8 names no server.");
        _servers = Servers(server + Patience);
        _connection = await ConnectionMultiplexer.ConnectAsync(server + Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            if (isShared)
            {
                await Server.KeyDeleteAsync([.. Keys()]);
            }

            await _connection.DisposeAsync();
            _servers!.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_one_gateway_puts_in_another_finds()
    {
        var collection = await CreateAsync();
        using var others = Servers(server + Patience);
        var other = (await new RedisStore(others).FindAsync("c", TestEnd))!;

        await collection.UpsertAsync([Sample.Item("x", Sample.Axis(0))], TestEnd);

        Assert.Equal("x", (await other.SearchAsync(Sample.Query(Sample.Axis(0)), TestEnd)).Single().Facts.Id);
        await new RedisStore(others).DropAsync("c", TestEnd);
        Assert.Equal(ErrorReasons.CollectionNotFound, (await Assert.ThrowsAsync<SensoriumException>(() => collection.UpsertAsync([Sample.Item("y", Sample.Axis(0))], TestEnd))).Reason);
    }

    [Fact]
    public async Task Vectors_whose_item_was_never_finished_are_not_seen()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([Sample.Item("x", Sample.Axis(1))], TestEnd);
        var key = FactsJson.ReadDefinition("c", (await Server.HashGetAsync(RedisKeys.Definitions(_prefix), "c"))!).Key;
        var keys = new RedisKeys(_prefix, key);

        // As a process leaves it that dies between the vectors and the hash, of a new item and of one that it would have replaced.
        foreach (var id in (string[])["x", "new"])
        {
            var vector = System.Runtime.InteropServices.MemoryMarshal.AsBytes(Sample.Axis(0).AsSpan()).ToArray();
            await Server.ExecuteAsync("VADD", keys.Vectors, "FP32", vector, RedisKeys.Element("dead", 0, id), "NOQUANT");
            await Server.SortedSetAddAsync(keys.Ids, id, 0);
        }

        var found = Assert.Single(await collection.SearchAsync(Sample.Query(Sample.Axis(0)), TestEnd));
        Assert.Equal(("x", 0f), (found.Facts.Id, found.Score));
        Assert.Equal(["x"], await collection.EnumerateAsync(null, "", ItemParts.None, TestEnd).Select(item => item.Facts.Id).ToListAsync(TestEnd));
        Assert.Empty(await collection.GetAsync(["new"], ItemParts.None, TestEnd));
    }

    [Fact]
    public async Task Nothing_of_a_dropped_collection_is_left()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([.. Enumerable.Range(0, 300).Select(i => Sample.Item($"i{i}", Sample.Axis(i % 8)))], TestEnd);

        Assert.True(await Store.DropAsync("c", TestEnd));

        Assert.Empty(Keys());
    }

    [Fact]
    public async Task A_selective_filter_finds_what_is_far_behind_the_nearest()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([.. Enumerable.Range(0, 500).Select(i => Sample.Item($"i{i:000}", Sample.Axis(0, i / 1000f)))], TestEnd);

        var found = await collection.SearchAsync(Sample.Query(Sample.Axis(0), filter: "@id IN ('i490', 'i499')", take: 1), TestEnd);

        Assert.Equal("i490", found.Single().Facts.Id);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_said()
    {
        using var none = Servers("127.0.0.1:1,connectTimeout=200,connectRetry=0");

        var error = await Assert.ThrowsAsync<SensoriumException>(() => new RedisStore(none).ListAsync(TestEnd));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.IndexUnavailable), (error.Code, error.Reason));
    }

    private IEnumerable<RedisKey> Keys() => _connection!.GetServers()[0].Keys(pattern: _prefix + "*");

    private RedisServers Servers(string connection) =>
        new(Options.Create(new IndexOptions { Store = "redis", RedisConnection = connection, RedisPrefix = _prefix }));
}
