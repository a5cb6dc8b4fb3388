using System.Text.Json;
using ModelContextProtocol;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Accounting;

namespace Sensorium.Gateway.Mcp;

/// <summary>Tells agents what is wrong with their calls, and the log what is wrong with Sensorium.</summary>
internal static partial class McpErrors
{
    /// <param name="services">Of the request.</param>
    /// <param name="answer">What answers it.</param>
    /// <param name="refuse">How a fault of the caller is told.</param>
    public static async ValueTask<T> TellAsync<T>(IServiceProvider? services, Func<ValueTask<T>> answer, Func<SensoriumException, T> refuse)
    {
        try
        {
            return await answer();
        }
        catch (SensoriumException error) when (error.Code != ErrorCode.Internal)
        {
            // The answer itself is no failure of the call over HTTP.
            services?.GetService<IHttpContextAccessor>()?.HttpContext?.Features.Get<CallRecord>()?.Fail(error);
            return refuse(error);
        }
        catch (Exception error) when (IsOfArguments(error))
        {
            return refuse(SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"The arguments are not those of the tool: {error.Message}", inner: error));
        }
        catch (Exception error) when (error is not (McpException or OperationCanceledException) && services is not null)
        {
            LogFault(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(McpErrors).FullName!), error);
            throw;
        }
    }

    // One of the wrong type, or one that is missing.
    private static bool IsOfArguments(Exception error) => error is JsonException or ArgumentException { ParamName: "arguments" };

    [LoggerMessage(5024, LogLevel.Error, "A call of an agent failed")]
    private static partial void LogFault(ILogger logger, Exception exception);
}
