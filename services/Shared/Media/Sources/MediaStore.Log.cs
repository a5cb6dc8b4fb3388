using Microsoft.Extensions.Logging;

namespace Sensorium.Media.Sources;

internal sealed partial class MediaStore
{
    [LoggerMessage(3000, LogLevel.Information, "Evicted medium {Sha256} of {Bytes} bytes to make room")]
    private partial void LogEvicted(string sha256, long bytes);

    [LoggerMessage(3001, LogLevel.Debug, "Medium {Sha256} of {Bytes} bytes expired")]
    private partial void LogExpired(string sha256, long bytes);
}
