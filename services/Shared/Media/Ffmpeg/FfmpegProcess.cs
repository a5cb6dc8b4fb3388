using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Sensorium.Core.Errors;

namespace Sensorium.Media.Ffmpeg;

/// <summary>A running process whose output is read in blocks. It is killed on cancellation, when it stalls, and at disposal.</summary>
internal sealed class FfmpegProcess : IAsyncDisposable
{
    // A process that a signal ends has 128 and its number as exit code.
    private const int CpuSignal = 128 + 24;
    private const int KillSignal = 128 + 9;
    private readonly Process _process;
    private readonly FfmpegOptions _options;
    private readonly TimeProvider _time;
    private readonly Action _release;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationTokenRegistration _cancellation;
    private readonly ITimer _watchdog;
    private readonly StandardErrors _errors;
    private readonly Task _said;
    private TimeSpan _waited;
    private volatile bool _stalled;

    public FfmpegProcess(Process process, FfmpegOptions options, TimeProvider time, Action release, CancellationToken cancellationToken)
    {
        (_process, _options, _time, _release, _cancellationToken) = (process, options, time, release, cancellationToken);
        _errors = new StandardErrors(options.MaxSampleRate, Kill);
        _said = _errors.ReadAsync(process.StandardError);
        _watchdog = time.CreateTimer(_ => OnStalled(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _cancellation = cancellationToken.Register(Kill);
    }

    /// <summary>Fills the buffer, or less at the end of the output.</summary>
    public async ValueTask<int> ReadBlockAsync(Memory<byte> buffer)
    {
        var filled = 0;
        while (filled < buffer.Length)
        {
            // Reads of a pipe cannot be cancelled; killing the process ends them.
            var started = Watch();
            var count = await _process.StandardOutput.BaseStream.ReadAsync(buffer[filled..], CancellationToken.None);
            Unwatch(started);
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
        var started = Watch();
        await _process.WaitForExitAsync(CancellationToken.None);
        Unwatch(started);
        await _said;
        _errors.ThrowIfRefused();
        if (_process.ExitCode == 0)
        {
            return null;
        }

        ThrowIfExceeded();
        return _errors.Summary.Length > 0 ? _errors.Summary : $"exit code {_process.ExitCode}";
    }

    /// <summary>What the process has said so far.</summary>
    public StandardErrors Errors => _errors;

    public async ValueTask DisposeAsync()
    {
        await _cancellation.DisposeAsync();
        Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _said;
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

    // Time in which the reader does something else is not the child's fault.
    private long Watch()
    {
        var left = _options.MaxRunTime - _waited;
        var due = left < _options.StallTimeout ? left : _options.StallTimeout;
        _watchdog.Change(due > TimeSpan.Zero ? due : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        return _time.GetTimestamp();
    }

    private void Unwatch(long started)
    {
        _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _waited += _time.GetElapsedTime(started);
        _cancellationToken.ThrowIfCancellationRequested();
        if (_stalled)
        {
            throw new SensoriumException(ErrorCode.DeadlineExceeded, ErrorReasons.UndecodableMedia, Late());
        }
    }

    private string Late() => _waited >= _options.MaxRunTime
        ? $"Decoding took longer than {Seconds(_options.MaxRunTime)} s and was given up."
        : $"Decoding yielded nothing for {Seconds(_options.StallTimeout)} s and was given up.";

    private void ThrowIfExceeded()
    {
        if (_process.ExitCode is CpuSignal or KillSignal)
        {
            throw MediaError.Exceeded($"Decoding took more than {Seconds(_options.MaxProcessorTime)} s of processor time and was given up.");
        }

        if (_errors.IsOutOfMemory)
        {
            throw MediaError.Exceeded($"Decoding needs more than {_options.MaxMemoryBytes >> 20} MiB of memory and was given up.");
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
}
