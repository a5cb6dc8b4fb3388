using Microsoft.Extensions.Logging;

namespace Sensorium.Media.Ffmpeg;

internal sealed partial class FfmpegRunner
{
    [LoggerMessage(3020, LogLevel.Debug, "Started {Program} as process {ProcessId}: {Arguments}")]
    private partial void LogStarted(string program, int processId, string arguments);
}
