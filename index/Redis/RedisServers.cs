using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using StackExchange.Redis;

namespace Sensorium.Index.Redis;

/// <summary>The connection, made with the first call, and what goes wrong with it as callers are told.</summary>
internal sealed class RedisServers(IOptions<IndexOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private ConnectionMultiplexer? _connection;

    public string Prefix => options.Value.RedisPrefix;

    public int Effort => options.Value.SearchEffort;

    public async Task<T> UseAsync<T>(Func<IDatabase, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work((await ConnectAsync(cancellationToken)).GetDatabase());
        }
        catch (RedisServerException fault) when (fault.Message.Contains("unknown command", StringComparison.OrdinalIgnoreCase))
        {
            throw Unavailable("The Redis server has no vector sets; Redis 8 has.", fault);
        }
        catch (RedisServerException fault) when (fault.Message.StartsWith("OOM", StringComparison.Ordinal))
        {
            throw new SensoriumException(ErrorCode.ResourceExhausted, ErrorReasons.IndexFull, "The Redis server that keeps the collections has no memory left.", fault);
        }
        catch (RedisException fault)
        {
            throw Unavailable("The Redis server that keeps the collections does not answer as it should.", fault);
        }
        catch (TimeoutException fault)
        {
            throw Unavailable("The Redis server that keeps the collections does not answer in time.", fault);
        }
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _gate.Dispose();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _connection ??= await ConnectionMultiplexer.ConnectAsync(options.Value.RedisConnection);
        }
        finally
        {
            _gate.Release();
        }
    }

    private static SensoriumException Unavailable(string message, Exception fault) =>
        SensoriumException.Unavailable(ErrorReasons.IndexUnavailable, message, fault);
}
