using Microsoft.Extensions.Logging;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Grpc.Interceptors;

internal sealed partial class ErrorInterceptor
{
    [LoggerMessage(5000, LogLevel.Debug, "{Method} answered {Code} {Reason}: {Message}")]
    private partial void LogRefused(string method, ErrorCode code, string reason, string message);

    [LoggerMessage(5001, LogLevel.Error, "{Method} failed with {Reason}")]
    private partial void LogModelFault(Exception exception, string method, string reason);

    [LoggerMessage(5002, LogLevel.Error, "{Method} failed unexpectedly")]
    private partial void LogUnexpected(Exception exception, string method);
}
