using System.Globalization;
using Sensorium.Bench.Contenders;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Soak.Hosts;

/// <summary>One host as a process that is killed, or asked to stop, and started again on the same ports.</summary>
internal sealed class SoakHost(string name, string assembly, string logFile) : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(3);
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly CoreSet AllCores = new($"0-{Environment.ProcessorCount - 1}");

    private readonly (int Grpc, int Http) _ports = (Ports.Free(), Ports.Free());
    private ServerProcess? _process;

    public string Name => name;

    public string Address => $"http://127.0.0.1:{_ports.Grpc}";

    public int ProcessId => _process!.Id;

    /// <summary>As they are in its environment.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Memory of its own, without mapped files.</summary>
    public double Megabytes => ProcessFacts.OwnMegabytes(ProcessId);

    /// <summary>Returns when it is ready.</summary>
    public async Task StartAsync()
    {
        Settings["Sensorium__Host__GrpcPort"] = _ports.Grpc.ToString(CultureInfo.InvariantCulture);
        Settings["Sensorium__Host__HttpPort"] = _ports.Http.ToString(CultureInfo.InvariantCulture);
        _process = ServerProcess.Start(AllCores, logFile, Settings, readOutput: false, "dotnet", "exec", assembly);
        await _process.WaitUntilReadyAsync(IsReadyAsync, StartTimeout, pauseMilliseconds: 20);
    }

    /// <summary>Ends the process as the kernel does, and not its children.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>Asks the process to stop, and waits until it has.</summary>
    public Task TerminateAsync() => EndAsync("TERM");

    public async Task<double> MetricAsync(string metric, string label = "") =>
        Prometheus.Sum(await Http.GetStringAsync(new Uri($"http://127.0.0.1:{_ports.Http}/metrics")), metric, label);

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task EndAsync(string signal)
    {
        await _process!.SignalAsync(signal);
        await _process.ExitedAsync();
    }

    private async Task<bool> IsReadyAsync()
    {
        using var answer = await Http.GetAsync(new Uri($"http://127.0.0.1:{_ports.Http}/health/ready"));
        return answer.IsSuccessStatusCode;
    }
}
