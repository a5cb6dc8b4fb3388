using System.Diagnostics;

namespace Sensorium.Bench.Processes;

/// <summary>A process pinned to cores; killed with all its children when disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _log;
    private bool _disposed;

    private ServerProcess(Process process, string log)
    {
        _process = process;
        _log = log;
    }

    public int Id => _process.Id;

    public StreamWriter Input => _process.StandardInput;

    public StreamReader Output => _process.StandardOutput;

    /// <summary>Standard error, and standard output unless it is read, go to a log file.</summary>
    public static ServerProcess Start(
        CoreSet cores,
        string logFile,
        IReadOnlyDictionary<string, string> environment,
        bool readOutput,
        params string[] command)
    {
        var redirect = readOutput ? $"2>>'{logFile}'" : $">>'{logFile}' 2>&1";
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = readOutput,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"exec taskset -c {cores} \"$@\" {redirect}");
        start.ArgumentList.Add("bash");
        foreach (var argument in command)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(Process.Start(start)!, logFile);
    }

    /// <summary>Polls until the probe succeeds; fails with the end of the log.</summary>
    /// <param name="pauseMilliseconds">Between probes. What measures the time until then asks often.</param>
    public async Task WaitUntilReadyAsync(Func<Task<bool>> probe, TimeSpan timeout, int pauseMilliseconds = 200)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < timeout && !_process.HasExited)
        {
            if (await Succeeds(probe))
            {
                return;
            }

            await Task.Delay(pauseMilliseconds);
        }

        await DisposeAsync();
        var tail = File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(20)) : "";
        throw new InvalidOperationException(
            $"{_process.StartInfo.ArgumentList[3]} was not ready after {clock.Elapsed.TotalSeconds:F0} s; {_log} ends with:\n{tail}");
    }

    /// <summary>Sends the process alone a signal, as "TERM".</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends when the process has.</summary>
    public Task ExitedAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static async Task<bool> Succeeds(Func<Task<bool>> probe)
    {
        try
        {
            return await probe();
        }
        catch (Exception notYet) when (notYet is not OutOfMemoryException)
        {
            return false;
        }
    }
}
