using System.Buffers;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace Sensorium.Caching.Redis;

/// <summary>Redis. Connects in the background, reconnects by itself, and fails at once while it has no connection.</summary>
internal sealed class RedisSharedStore : ISharedStore
{
    // A connection that has been silent for more than four times as long while an answer is due counts as dead. It gives no
    // other sign when the server or a firewall forgets it.
    private const int LongestAnswerMs = 700;

    private readonly Task<ConnectionMultiplexer> _connecting;

    public RedisSharedStore(string connection)
    {
        var options = ConfigurationOptions.Parse(connection);
        options.AbortOnConnectFail = false;
        options.BacklogPolicy = BacklogPolicy.FailFast;
        options.ClientName ??= "sensorium-cache";
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(500);
        options.AsyncTimeout = Math.Min(options.AsyncTimeout, LongestAnswerMs);
        options.ReconnectRetryPolicy = new LinearRetry(1000);
        Endpoint = string.Join(',', options.EndPoints.Select(Format));
        using (ExecutionContext.SuppressFlow())
        {
            _connecting = Task.Run(() => ConnectionMultiplexer.ConnectAsync(options));
        }
    }

    public string Endpoint { get; }

    public bool IsConnected => _connecting is { IsCompletedSuccessfully: true, Result.IsConnected: true };

    // Single gets, pipelined: they work on a cluster too, and their values come in pooled buffers.
    public async Task<IMemoryOwner<byte>?[]> GetAsync(IReadOnlyList<string> keys)
    {
        var database = await DatabaseAsync();
        var leases = await Task.WhenAll(keys.Select(key => database.StringGetLeaseAsync(key)));
        return leases;
    }

    public async Task SetAsync(IReadOnlyList<SharedWrite> writes, TimeSpan timeToLive)
    {
        var database = await DatabaseAsync();
        await Task.WhenAll(writes.Select(write =>
            database.StringSetAsync(write.Key, write.Value, timeToLive, when: write.Replace ? When.Always : When.NotExists)));
    }

    public async Task DeleteAsync(string key) => await (await DatabaseAsync()).KeyDeleteAsync(key);

    public async Task<string> EvaluateAsync(string script, string key, IReadOnlyList<IConvertible> values)
    {
        var arguments = values.Select(value => (RedisValue)value.ToString(CultureInfo.InvariantCulture)).ToArray();
        return (string?)await (await DatabaseAsync()).ScriptEvaluateAsync(script, [key], arguments) ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await ((Task)_connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_connecting.IsCompletedSuccessfully)
        {
            await (await _connecting).DisposeAsync();
        }
    }

    private async ValueTask<IDatabase> DatabaseAsync() => (await _connecting).GetDatabase();

    private static string Format(EndPoint endpoint) => endpoint switch
    {
        DnsEndPoint dns => $"{dns.Host}:{dns.Port}",
        _ => endpoint.ToString() ?? "",
    };
}
