using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>One service as an operating-system process, which can be killed and started again on the same ports.</summary>
/// <param name="tls">What connects to it over TLS; null if it speaks plain text.</param>
internal sealed class ServiceProcess(string name, string binary, int grpcPort, int httpPort, ErrorLog errors, Func<SocketsHttpHandler>? tls) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);
    private readonly Queue<string> _tail = new();
    private Process? _process;

    public string Name => name;

    public string Address { get; } = $"{SchemeOf(tls)}://127.0.0.1:{grpcPort}";

    public Uri Http { get; } = new($"{SchemeOf(tls)}://127.0.0.1:{httpPort}");

    /// <summary>Bytes of memory that are its own, not mapped files.</summary>
    public long ResidentBytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{_process!.Id}/status").Single(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
            return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>"Sensorium:..." keys.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public GrpcChannel Channel { get; } = GrpcChannel.ForAddress($"{SchemeOf(tls)}://127.0.0.1:{grpcPort}", new GrpcChannelOptions
    {
        HttpHandler = tls?.Invoke(),
        MaxReceiveMessageSize = null,
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(50),
        MaxReconnectBackoff = TimeSpan.FromMilliseconds(200),
    });

    /// <param name="name">As "vision", or "image-generation".</param>
    public static ServiceProcess Create(string name, int grpcPort, int httpPort, ErrorLog errors, Func<SocketsHttpHandler>? tls = null)
    {
        var title = TitleOf(name);
        var folder = name == "gateway" ? name : $"services/{title}";
        return new ServiceProcess(name, Repository.Binary(folder, $"Sensorium.{title}"), grpcPort, httpPort, errors, tls);
    }

    /// <summary>As settings and programs have it: "Vision", or "ImageGeneration".</summary>
    public static string TitleOf(string name) => string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Returns when the service is healthy.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(StartInfo()) ?? throw new InvalidOperationException($"{binary} could not be started.");
        _ = ReadAsync(_process.StandardOutput);
        _ = ReadAsync(_process.StandardError);
        var ready = WaitUntilReadyAsync();
        var exited = _process.WaitForExitAsync();
        if (await Task.WhenAny(ready, exited) == exited)
        {
            throw new InvalidOperationException($"{name} ended with {_process.ExitCode}:\n{Tail()}");
        }

        await ready;
    }

    /// <summary>Ends the process as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Asks the process to stop. Answers its exit status when it has.</summary>
    public async Task<int> TerminateAsync()
    {
        var process = _process ?? throw new InvalidOperationException($"{name} is not running.");
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
        var status = process.ExitCode;
        process.Dispose();
        _process = null;
        return status;
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await KillAsync();
    }

    private static string SchemeOf(Func<SocketsHttpHandler>? tls) => tls is null ? "http" : "https";

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", binary]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["Sensorium__Host__GrpcPort"] = $"{grpcPort}";
        start.Environment["Sensorium__Host__HttpPort"] = $"{httpPort}";
        start.Environment["Logging__Console__FormatterName"] = "json";
        foreach (var (key, value) in Settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        return start;
    }

    private async Task WaitUntilReadyAsync()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        try
        {
            var options = new CallOptions(cancellationToken: timeout.Token).WithWaitForReady();
            using var watch = new Health.HealthClient(Channel).Watch(new HealthCheckRequest(), options);
            while (await watch.ResponseStream.MoveNext(timeout.Token))
            {
                if (watch.ResponseStream.Current.Status == HealthCheckResponse.Types.ServingStatus.Serving)
                {
                    return;
                }
            }
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"{name} was not ready within {StartTimeout}:\n{Tail()}");
        }
    }

    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            lock (_tail)
            {
                _tail.Enqueue(line);
                if (_tail.Count > 50)
                {
                    _tail.Dequeue();
                }
            }

            if (IsError(line))
            {
                errors.Add($"{name}: {line}");
            }
        }
    }

    private static bool IsError(string line)
    {
        if (!line.StartsWith('{'))
        {
            return line.Contains("Unhandled exception", StringComparison.Ordinal);
        }

        using var entry = JsonDocument.Parse(line);
        return entry.RootElement.GetProperty("LogLevel").GetString() is "Error" or "Critical";
    }

    private string Tail()
    {
        lock (_tail)
        {
            return string.Join('\n', _tail);
        }
    }
}
