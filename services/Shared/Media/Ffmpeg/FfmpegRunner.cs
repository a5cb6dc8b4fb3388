using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Media.Sources;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Starts ffmpeg and ffprobe, never more at a time than configured.</summary>
internal sealed partial class FfmpegRunner(IOptions<FfmpegOptions> options, StoreFolder folder, TimeProvider time, ILogger<FfmpegRunner> logger) : IDisposable
{
    private static readonly string[] Needed = ["PATH", "LD_LIBRARY_PATH"];

    private readonly SemaphoreSlim _slots = new(options.Value.EffectiveMaxProcesses);
    private readonly ProcessStarter _starter = new();
    private readonly ChildUser _user = ChildUser.Create(options.Value, folder);
    private int _warned;

    public FfmpegOptions Options => options.Value;

    public Task<FfmpegProcess> StartFfmpegAsync(string arguments, CancellationToken cancellationToken) =>
        StartAsync(FfmpegCommands.Ffmpeg(options.Value), arguments, cancellationToken);

    public Task<FfmpegProcess> StartFfprobeAsync(string arguments, CancellationToken cancellationToken) =>
        StartAsync(FfmpegCommands.Ffprobe(options.Value), arguments, cancellationToken);

    public void Dispose()
    {
        _starter.Dispose();
        _slots.Dispose();
    }

    private async Task<FfmpegProcess> StartAsync(string program, string arguments, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var process = await _starter.StartAsync(Bound(program, arguments));
            LogStarted(program, process.Id, arguments);
            FfmpegMetrics.Started(time.GetElapsedTime(asked));
            var started = time.GetTimestamp();
            return new FfmpegProcess(process, options.Value, time, () => OnEnded(started), cancellationToken);
        }
        catch (Exception exception)
        {
            Release();
            throw exception is Win32Exception
                ? SensoriumException.Unavailable(ErrorReasons.NotReady, $"'{program}' cannot be started: {exception.Message}", exception)
                : exception;
        }
    }

    private ProcessStartInfo Bound(string program, string arguments)
    {
        var command = ChildCommand.Create(program, arguments, options.Value, _user.Id);
        if ((!command.Bounded || _user.Fault is not null) && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            Warn(program, command);
        }

        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        if (OperatingSystem.IsLinux())
        {
            LeaveEnvironment(start.Environment);
        }

        return start;
    }

    // Keys and passwords are in the environment of a service.
    private static void LeaveEnvironment(IDictionary<string, string?> environment)
    {
        var kept = Needed.Where(environment.ContainsKey).ToDictionary(name => name, name => environment[name]);
        environment.Clear();
        foreach (var (name, value) in kept)
        {
            environment[name] = value;
        }
    }

    private void Warn(string program, ChildCommand command)
    {
        if (!command.Bounded)
        {
            LogUnbounded(program);
        }

        if (_user.Fault is { } fault)
        {
            LogRoot(program, fault);
        }
    }

    private void OnEnded(long started)
    {
        FfmpegMetrics.Ended(time.GetElapsedTime(started));
        Release();
    }

    private void Release()
    {
        try
        {
            _slots.Release();
        }
        catch (ObjectDisposedException)
        {
            // The host is going down; nobody waits any more.
        }
    }
}
