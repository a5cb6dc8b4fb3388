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

    public FfmpegOptions Options => options.Value;

    public Task<FfmpegProcess> StartFfmpegAsync(string arguments, CancellationToken cancellationToken) =>
        StartAsync(FfmpegCommands.Ffmpeg(options.Value), arguments, cancellationToken);

    public Task<FfmpegProcess> StartFfprobeAsync(string arguments, CancellationToken cancellationToken) =>
        StartAsync(FfmpegCommands.Ffprobe(options.Value), arguments, cancellationToken);

    public void Dispose() => _slots.Dispose();

    private async Task<FfmpegProcess> StartAsync(string program, string arguments, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                CreateNoWindow = true,
            }) ?? throw new InvalidOperationException($"'{program}' did not start.");
            LogStarted(program, process.Id, arguments);
            FfmpegMetrics.Started(time.GetElapsedTime(asked));
            var started = time.GetTimestamp();
            return new FfmpegProcess(process, options.Value.StallTimeout, time, () => OnEnded(started), cancellationToken);
        }
        catch (Exception exception)
        {
            Release();
            throw exception is Win32Exception
                ? SensoriumException.Unavailable(ErrorReasons.NotReady, $"'{program}' cannot be started: {exception.Message}", exception)
                : exception;
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
