using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Sensorium.Core.Errors;

namespace Sensorium.Media.Ffmpeg;

/// <summary>A running process whose output is read in blocks. It is killed on cancellation, when it stalls, and at disposal.</summary>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TimeSpan _stallTimeout;
    private readonly Action _release;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly ITimer _watchdog;
    private readonly Task<string> _errors;
    private volatile bool _stalled;

    public FfmpegProcess(Process process, TimeSpan stallTimeout, TimeProvider time, Action release, CancellationToken cancellationToken)
    {
        (_process, _stallTimeout, _release, _cancellationToken) = (process, stallTimeout, release, cancellationToken);
        _errors = StandardErrorSummary.ReadAsync(process.StandardError);
        _watchdog = time.CreateTimer(_ => OnStalled(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _cancellation = cancellationToken.Register(Kill);
    }

    /// <summary>Fills the buffer, or less at the end of the output.</summary>
    public async ValueTask<int> ReadBlockAsync(Memory<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            _watchdog.Change(_stallTimeout, Timeout.InfiniteTimeSpan);
            // Reads of a pipe cannot be cancelled; killing the process ends them.
            var count = await _process.StandardOutput.BaseStream.ReadAsync(buffer[filled..], CancellationToken.None);
            _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            ThrowIfKilled();
            if (count == 0)
            {
                break;
            }

            filled += count;
        }

        return filled;
    }

    /// <summary>The whole output as text. Throws UNDECODABLE_MEDIA if it is longer than <paramref name="maxBytes"/>.</summary>
    public async Task<string> ReadTextAsync(int maxBytes)
    {
        var buffer = new MemoryStream();
        var block = new byte[16384];
        while (await ReadBlockAsync(block) is var count and > 0)
        {
            buffer.Write(block, 0, count);
            if (buffer.Length > maxBytes)
            {
                throw MediaError.Undecodable($"The medium describes itself in more than {maxBytes} bytes.");
            }
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Waits for the end. Null if the process succeeded, else what it said about the failure.</summary>
    public async Task<string?> FinishAsync()
    {
        _watchdog.Change(_stallTimeout, Timeout.InfiniteTimeSpan);
        await _process.WaitForExitAsync(CancellationToken.None);
        _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        ThrowIfKilled();
        var errors = await _errors;
        return _process.ExitCode == 0 ? null : errors.Length > 0 ? errors : $"exit code {_process.ExitCode}";
    }

    public async ValueTask DisposeAsync()
    {
        await _cancellation.DisposeAsync();
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _errors;
        await _watchdog.DisposeAsync();
        _process.Dispose();
        _release();
    }

    private void OnStalled()
    {
        _stalled = true;
        Kill();
    }

    private void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    private void ThrowIfKilled()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_stalled)
        {
            var seconds = _stallTimeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new SensoriumException(
                ErrorCode.DeadlineExceeded, ErrorReasons.UndecodableMedia, $"Decoding yielded nothing for {seconds} s and was given up.");
        }
    }
}
