using Microsoft.Extensions.Logging;

namespace Sensorium.Core.Generation.Scheduling;

internal sealed partial class DecodeScheduler
{
    [LoggerMessage(2003, LogLevel.Error, "Request {RequestId} with {PaddedTokens} feature tokens could not join a decode batch")]
    private static partial void LogJoinFault(ILogger logger, Exception error, string requestId, int paddedTokens);

    [LoggerMessage(2004, LogLevel.Error, "The decode batch over {PaddedTokens} feature tokens is given up")]
    private static partial void LogBucketFault(ILogger logger, Exception error, int paddedTokens);
}
