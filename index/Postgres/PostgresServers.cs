using Microsoft.Extensions.Options;
using Npgsql;
using Sensorium.Core.Errors;

namespace Sensorium.Index.Postgres;

/// <summary>Connections to PostgreSQL, prepared with the first call, and what goes wrong with them as callers are told.</summary>
internal sealed class PostgresServers(IOptions<IndexOptions> options) : IDisposable
{
    private const string DiskFull = "53100";
    private const string NoSuchTable = "42P01";

    // One lock for all gateways: tables are made once.
    private const string Schema = """
        SELECT pg_advisory_xact_lock(7355608);
        CREATE EXTENSION IF NOT EXISTS vector;
        CREATE SCHEMA IF NOT EXISTS sensorium_index;
        CREATE TABLE IF NOT EXISTS sensorium_index.collections (name text PRIMARY KEY, definition text NOT NULL);
        """;

    private readonly SemaphoreSlim _gate = new(1);
    private NpgsqlDataSource? _source;

    public int Effort => options.Value.SearchEffort;

    public async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            var source = await PrepareAsync(cancellationToken);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return await work(connection);
        }
        catch (PostgresException fault) when (fault.SqlState == DiskFull)
        {
            throw new SensoriumException(ErrorCode.ResourceExhausted, ErrorReasons.IndexFull, "The PostgreSQL server that keeps the collections has no room left.", fault);
        }
        catch (PostgresException fault) when (fault.SqlState != NoSuchTable)
        {
            throw Unavailable($"The PostgreSQL server that keeps the collections refuses: {fault.SqlState}, {fault.MessageText}.", fault);
        }
        catch (NpgsqlException fault) when (fault is not PostgresException)
        {
            throw Unavailable("The PostgreSQL server that keeps the collections does not answer.", fault);
        }
    }

    /// <summary>The tables of a collection have gone since it was found.</summary>
    public static bool IsGone(PostgresException fault) => fault.SqlState == NoSuchTable;

    public void Dispose()
    {
        _source?.Dispose();
        _gate.Dispose();
    }

    private async Task<NpgsqlDataSource> PrepareAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_source is not null)
            {
                return _source;
            }

            // The type of vectors is known to connections that are made when the extension is there.
            await using (var first = NpgsqlDataSource.Create(options.Value.PostgresConnection))
            await using (var connection = await first.OpenConnectionAsync(cancellationToken))
            await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
            {
                await connection.RunAsync(Schema, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            var builder = new NpgsqlDataSourceBuilder(options.Value.PostgresConnection);
            builder.UseVector();
            return _source = builder.Build();
        }
        finally
        {
            _gate.Release();
        }
    }

    private static SensoriumException Unavailable(string message, Exception fault) =>
        SensoriumException.Unavailable(ErrorReasons.IndexUnavailable, message, fault);
}
