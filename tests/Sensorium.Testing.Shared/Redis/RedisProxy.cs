using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Sensorium.Testing.Shared.Redis;

/// <summary>How a <see cref="RedisProxy"/> treats what goes through it.</summary>
public enum RedisFault
{
    None,

    /// <summary>Answers come a second later.</summary>
    Slow,

    /// <summary>Answers are noise.</summary>
    Garbage,

    /// <summary>Nothing is answered while connections stay open, nor later on those.</summary>
    Silent,

    /// <summary>Connections are closed as soon as they are made.</summary>
    Closed,
}

/// <summary>Stands between a client and a redis-server, and does to the answers what networks and other programs may do.</summary>
public sealed class RedisProxy : IAsyncDisposable
{
    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(1);

    private readonly int _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<TcpClient, StrongBox<bool>> _isDead = new();
    private readonly Task _accepting;
    private volatile RedisFault _fault;

    public RedisProxy(int serverPort)
    {
        _server = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Connection => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>From now on, for connections that stand and for new ones.</summary>
    public void Set(RedisFault fault)
    {
        _fault = fault;
        if (fault == RedisFault.Closed)
        {
            CloseAll();
        }

        // A connection of which an answer was lost gives no right one again.
        foreach (var isDead in fault == RedisFault.Silent ? _isDead.Values : [])
        {
            Volatile.Write(ref isDead.Value, true);
        }
    }

    /// <summary>Ends every connection, so that clients make new ones.</summary>
    public void CloseAll()
    {
        foreach (var connection in _isDead.Keys)
        {
            connection.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        CloseAll();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        var isDead = _isDead[client] = new StrongBox<bool>(_fault == RedisFault.Silent);
        try
        {
            if (_fault == RedisFault.Closed)
            {
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, _server, _end.Token);
            await Task.WhenAny(AskAsync(client.GetStream(), server.GetStream()), AnswerAsync(server.GetStream(), client.GetStream(), isDead));
        }
        catch (Exception ended) when (ended is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Either side has gone.
        }
        finally
        {
            _isDead.TryRemove(client, out _);
            client.Dispose();
        }
    }

    private async Task AskAsync(NetworkStream from, NetworkStream to)
    {
        var block = new byte[65536];
        while (await from.ReadAsync(block, _end.Token) is var count and > 0)
        {
            await to.WriteAsync(block.AsMemory(0, count), _end.Token);
        }
    }

    private async Task AnswerAsync(NetworkStream from, NetworkStream to, StrongBox<bool> isDead)
    {
        var block = new byte[65536];
        var random = new Random(7);
        while (await from.ReadAsync(block, _end.Token) is var count and > 0)
        {
            var answer = block.AsMemory(0, count);
            if (Volatile.Read(ref isDead.Value))
            {
                continue;
            }

            switch (_fault)
            {
                case RedisFault.Garbage:
                    random.NextBytes(answer.Span);
                    break;
                case RedisFault.Slow:
                    await Task.Delay(Slowness, _end.Token);
                    break;
            }

            await to.WriteAsync(answer, _end.Token);
        }
    }
}
