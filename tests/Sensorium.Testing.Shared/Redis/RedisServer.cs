using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sensorium.Testing.Shared.Redis;

/// <summary>A redis-server process on a port and in a folder of its own, which can be killed, hung and restarted.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-redis-");
    private Process? _process;

    public int Port { get; private set; }

    public string Connection => $"127.0.0.1:{Port}";

    /// <summary>Starts, on the port of the last start if there was one, and returns when the server answers.</summary>
    public async Task StartAsync()
    {
        if (Port == 0)
        {
            Port = FreePort();
        }

        _process = Launch();
        using var timeout = new CancellationTokenSource(StartTimeout);
        while (!await AnswersAsync(timeout.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"redis-server ended with status {_process.ExitCode}: {await ReadLogAsync()}");
            }

            if (timeout.IsCancellationRequested)
            {
                throw new TimeoutException($"redis-server did not answer on port {Port} within {StartTimeout}: {await ReadLogAsync()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    /// <summary>Ends the process as a crash would; its data are lost.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        using (process)
        {
            if (!process.HasExited)
            {
                process.Kill();
            }

            await process.WaitForExitAsync();
        }
    }

    /// <summary>Stops the process where it is: connections stay open and nothing answers.</summary>
    public Task HangAsync() => SignalAsync("STOP");

    public Task ResumeAsync() => SignalAsync("CONT");

    /// <summary>One command, as "CONFIG SET maxmemory 1".</summary>
    /// <returns>The first line of the answer.</returns>
    public async Task<string> CommandAsync(string command, string password = "")
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = client.GetStream();
        using var answers = new StreamReader(stream, Encoding.ASCII);
        if (password.Length > 0)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"AUTH {password}\r\n"));
            await answers.ReadLineAsync();
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"));
        return await answers.ReadLineAsync() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private Process Launch()
    {
        var start = new ProcessStartInfo("redis-server")
        {
            WorkingDirectory = _folder.FullName,
            ArgumentList =
            {
                "--port", $"{Port}", "--bind", "127.0.0.1", "--dir", _folder.FullName,
                "--save", "", "--appendonly", "no", "--logfile", LogPath,
            },
        };
        try
        {
            return Process.Start(start) ?? throw new InvalidOperationException("redis-server could not be started.");
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException("redis-server is not on the PATH; these tests need it (Debian: apt-get install redis-server).", e);
        }
    }

    private string LogPath => Path.Combine(_folder.FullName, "redis.log");

    private async Task<string> ReadLogAsync() => File.Exists(LogPath) ? await File.ReadAllTextAsync(LogPath) : "no log";

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
            var stream = client.GetStream();
            await stream.WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[7];
            await stream.ReadExactlyAsync(answer, cancellationToken);
            return Encoding.ASCII.GetString(answer) == "+PONG\r\n";
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task SignalAsync(string signal)
    {
        var id = _process?.Id ?? throw new InvalidOperationException("redis-server is not running.");
        using var kill = Process.Start("kill", ["-" + signal, $"{id}"]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"kill -{signal} {id} ended with status {kill.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
