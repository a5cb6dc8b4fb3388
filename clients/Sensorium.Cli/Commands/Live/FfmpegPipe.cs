using System.ComponentModel;
using System.Diagnostics;

namespace Sensorium.Cli.Commands.Live;

/// <summary>An ffmpeg that writes to a pipe. Disposing it ends it.</summary>
internal sealed class FfmpegPipe : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <exception cref="IOException">It cannot be started.</exception>
    public FfmpegPipe(string[] arguments)
    {
        try
        {
            _process = Process.Start(new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception error)
        {
            throw new IOException($"ffmpeg, which reads what is watched, cannot be started: {error.Message}", error);
        }

        _errors = _process.StandardError.ReadToEndAsync();
    }

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What it complained about; empty if nothing.</summary>
    public async Task<string> ErrorsAsync() => (await _errors).Trim();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _errors;
        _process.Dispose();
    }
}
