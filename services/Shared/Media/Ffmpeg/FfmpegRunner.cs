using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;

namespace Sensorium.Media.Ffmpeg;

/// <summary>Starts ffmpeg and ffprobe, never more at a time than configured.</summary>
internal sealed partial class FfmpegRunner(IOptions<FfmpegOptions> options, TimeProvider time, ILogger<FfmpegRunner> logger) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Value.EffectiveMaxProcesses);
    private readonly ProcessStarter _starter = new();
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
        var command = ChildCommand.Create(program, arguments, options.Value);
        if (!command.Bounded && Interlocked.Exchange(ref _warned, 1) == 0)
        {
            LogUnbounded(program);
        }

        return new ProcessStartInfo(command.Program, command.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
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
