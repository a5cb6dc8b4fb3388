using Microsoft.Extensions.Options;
using Npgsql;
using Sensorium.Core.Errors;
using Sensorium.Index.Collections;
using Sensorium.Index.Postgres;
using Xunit;

namespace Sensorium.Index.UnitTests;

/// <summary>Against the server that SENSORIUM_POSTGRES names, as "Host=127.0.0.1;Username=postgres"; it needs pgvector. Skipped where it names none.</summary>
public sealed class PostgresStoreTests : StoreTests, IAsyncLifetime
{
    private static readonly string Connection = Environment.GetEnvironmentVariable("SENSORIUM_POSTGRES") ?? "";
    private readonly PostgresServers _servers = Servers(Connection);

    internal override ICollectionStore Store => new PostgresStore(_servers);

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Connection.Length == 0, "SENSORIUM_POSTGRES names no server.");
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync(TestEnd);
        await connection.RunAsync("DROP SCHEMA IF EXISTS sensorium_index CASCADE", TestEnd);
    }

    public ValueTask DisposeAsync()
    {
        _servers.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_one_gateway_puts_in_another_finds()
    {
        var collection = await CreateAsync();
        using var others = Servers(Connection);
        var other = (await new PostgresStore(others).FindAsync("c", TestEnd))!;

        await collection.UpsertAsync([Sample.Item("x", Sample.Axis(0))], TestEnd);

        Assert.Equal("x", (await other.SearchAsync(Sample.Query(Sample.Axis(0)), TestEnd)).Single().Facts.Id);
        await new PostgresStore(others).DropAsync("c", TestEnd);
        Assert.Equal(ErrorReasons.CollectionNotFound, (await Assert.ThrowsAsync<SensoriumException>(() => collection.UpsertAsync([Sample.Item("y", Sample.Axis(0))], TestEnd))).Reason);
    }

    [Fact]
    public async Task A_selective_filter_finds_what_is_far_behind_the_nearest()
    {
        var collection = await CreateAsync();
        await collection.UpsertAsync([.. Enumerable.Range(0, 1500).Select(i => Sample.Item($"i{i:0000}", Sample.Axis(0, i / 3000f)))], TestEnd);

        var found = await collection.SearchAsync(Sample.Query(Sample.Axis(0), filter: "@id IN ('i1490', 'i1499')", take: 1), TestEnd);

        Assert.Equal("i1490", found.Single().Facts.Id);
    }

    private static PostgresServers Servers(string connection) =>
        new(Options.Create(new IndexOptions { Store = "postgres", PostgresConnection = connection }));
}

public sealed class PostgresFaultTests
{
    [Fact]
    public async Task A_server_that_does_not_answer_is_said()
    {
        using var none = new PostgresServers(Options.Create(new IndexOptions { PostgresConnection = "Host=127.0.0.1;Port=1;Timeout=2" }));

        var error = await Assert.ThrowsAsync<SensoriumException>(() => new PostgresStore(none).ListAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.IndexUnavailable), (error.Code, error.Reason));
    }
}
