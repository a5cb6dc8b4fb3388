using Microsoft.Extensions.Logging;

namespace Sensorium.Core.Generation.Scheduling;

internal sealed partial class LengthBucket
{
    [LoggerMessage(2001, LogLevel.Error, "A decode step of {Rows} sequences over {PaddedTokens} feature tokens failed; each is tried alone")]
    private static partial void LogStepFault(ILogger logger, Exception error, int rows, int paddedTokens);

    [LoggerMessage(2002, LogLevel.Error, "Decoding of request {RequestId} failed")]
    private static partial void LogSequenceFault(ILogger logger, Exception error, string requestId);
}
