using Microsoft.Extensions.Logging;

namespace Sensorium.Media.Ffmpeg;

internal sealed partial class FfmpegRunner
{
    [LoggerMessage(3020, LogLevel.Debug, "Started {Program} as process {ProcessId}: {Arguments}")]
    private partial void LogStarted(string program, int processId, string arguments);

    [LoggerMessage(3021, LogLevel.Warning, "setpriv and prlimit (util-linux) are not here: memory and processor time of {Program} are not bounded")]
    private partial void LogUnbounded(string program);

    [LoggerMessage(3022, LogLevel.Warning, "{Program} runs as root: {Fault}")]
    private partial void LogRoot(string program, string fault);
}
