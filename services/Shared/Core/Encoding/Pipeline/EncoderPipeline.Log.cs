using Microsoft.Extensions.Logging;

namespace Sensorium.Core.Encoding.Pipeline;

public sealed partial class EncoderPipeline
{
    [LoggerMessage(1200, LogLevel.Error, "The {Name} encoder failed on item {ItemId}.")]
    private partial void LogItemFailed(Exception error, string name, string itemId);
}
