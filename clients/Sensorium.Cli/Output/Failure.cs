using System.Security.Authentication;
using Grpc.Core;
using Sensorium.Cli.Commands.Models.Pull;
using Sensorium.Client;

namespace Sensorium.Cli.Output;

/// <summary>One clear line for everything that can go wrong: what happened, why, and what to do.</summary>
internal static class Failure
{
    public static async Task<int> ReportAsync(Exception exception, TextWriter error)
    {
        var (message, exitCode) = exception switch
        {
            SensoriumCallException { Code: StatusCode.Unavailable, Reason: SensoriumCallException.NoReason } =>
                ("no Sensorium gateway answers there; start one with ./run.sh, or name another with --address", ExitCodes.NotReady),
            SensoriumCallException when CertificateFault(exception) is { } fault =>
                ($"the gateway's certificate is not believed ({fault}); SSL_CERT_FILE names a PEM file with the authorities that are", ExitCodes.NotReady),
            SensoriumCallException call => (Describe(call), ExitCodes.Failed),
            PullException => (exception.Message, ExitCodes.Failed),
            OperationCanceledException => ("interrupted", ExitCodes.Interrupted),
            IOException or UnauthorizedAccessException or UriFormatException => (exception.Message, ExitCodes.Usage),
            _ => (exception.ToString(), ExitCodes.Failed),
        };
        await error.WriteLineAsync($"sensorium: {message}");
        return exitCode;
    }

    private static string? CertificateFault(Exception? exception) => exception switch
    {
        null => null,
        AuthenticationException fault => fault.Message,
        _ => CertificateFault(exception.InnerException),
    };

    public static string Describe(SensoriumCallException call)
    {
        var reason = call.Reason.Length > 0 ? call.Reason : call.Code.ToString();
        var advice = call.RetryAfter is { } after ? $"; try again in {after.TotalSeconds:0.#} s" : "";
        return $"{reason}: {call.Message}{advice}";
    }
}
