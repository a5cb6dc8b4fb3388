using System.Net;
using System.Net.Sockets;

namespace Sensorium.Caching.UnitTests.Redis;

/// <summary>Passes connections on, and can let those that there are die without a word; later ones work.</summary>
internal sealed class SilentProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly DnsEndPoint _target;
    private readonly Task _accepting;
    private volatile int _silencedBefore;
    private int _connections;

    public SilentProxy(string target)
    {
        var parts = target.Split(':');
        _target = new DnsEndPoint(parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Connection => _listener.LocalEndpoint.ToString()!;

    public void Silence() => _silencedBefore = Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync();
            var number = Interlocked.Increment(ref _connections);
            var server = new TcpClient();
            await server.ConnectAsync(_target.Host, _target.Port);
            _ = PumpAsync(number, client, server);
            _ = PumpAsync(number, server, client);
        }
    }

    private async Task PumpAsync(int number, TcpClient from, TcpClient to)
    {
        var buffer = new byte[16 << 10];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is var count and > 0)
            {
                if (number > _silencedBefore)
                {
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count));
                }
            }
        }
        catch (IOException)
        {
            // One side is gone.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
