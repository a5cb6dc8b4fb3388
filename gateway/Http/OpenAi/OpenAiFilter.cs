using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Http.OpenAi;

/// <summary>In front of every endpoint of the face: the caller's key, and the shape of what is refused.</summary>
internal sealed partial class OpenAiFilter(IOptions<HostingOptions> options, ILogger<OpenAiFilter> logger)
{
    private const string Scheme = "Bearer ";

    // Hashes are of equal length, so that comparing them takes equal time.
    private readonly byte[][] _hashes = [.. options.Value.ApiKeys.Select(Hash)];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        try
        {
            CheckKey(http.Request);
            return await next(context);
        }
        catch (SensoriumException error)
        {
            return OpenAiErrors.Result(error, http.Response);
        }
        catch (Exception exception) when (http.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The caller left: there is nobody to answer.
            return Results.Empty;
        }
        catch (BadHttpRequestException exception)
        {
            return OpenAiErrors.Result(
                SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"The body cannot be read: {exception.Message}"), http.Response);
        }
        catch (Exception exception)
        {
            LogUnexpected(exception, http.Request.Path);
            return OpenAiErrors.Result(
                new SensoriumException(ErrorCode.Internal, ErrorReasons.InternalFault, "The request failed unexpectedly; the log of the gateway says why."),
                http.Response);
        }
    }

    private void CheckKey(HttpRequest request)
    {
        if (_hashes.Length == 0)
        {
            return;
        }

        var header = request.Headers.Authorization.ToString();
        var given = Hash(header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : "");
        var known = false;
        foreach (var hash in _hashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, given);
        }

        if (!known)
        {
            throw new SensoriumException(
                ErrorCode.Unauthenticated, ErrorReasons.Unauthenticated, "The request brings no valid key; send \"Authorization: Bearer KEY\".");
        }
    }

    private static byte[] Hash(string key) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));

    [LoggerMessage(EventId = 7101, Level = LogLevel.Error, Message = "{Path} failed unexpectedly.")]
    private partial void LogUnexpected(Exception exception, string path);
}
