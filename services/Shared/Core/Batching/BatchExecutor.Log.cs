using Microsoft.Extensions.Logging;

namespace Sensorium.Core.Batching;

internal sealed partial class BatchExecutor<TInput, TOutput>
{
    [LoggerMessage(1100, LogLevel.Warning, "A batch of {Count} failed in the {Name} model.")]
    private partial void LogFailed(Exception error, string name, int count);

    [LoggerMessage(1101, LogLevel.Error, "The {Name} model fails on an input that is known to be good.")]
    private partial void LogBroken(Exception error, string name);

    [LoggerMessage(1102, LogLevel.Information, "The {Name} model works again.")]
    private partial void LogRecovered(string name);
}
