using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>Lets in requests that bring a known key. It looks at headers alone: the body of a stranger is never read.</summary>
internal sealed class ApiKeyMiddleware(RequestDelegate next, ApiKeys keys, IOptions<HostingOptions> options)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (!keys.AreAskedFor || IsOpen(path) || keys.Know(KeyOf(context.Request)))
        {
            return next(context);
        }

        throw new SensoriumException(
            ErrorCode.Unauthenticated,
            ErrorReasons.Unauthenticated,
            "The call brings no valid key; send \"authorization: Bearer KEY\".");
    }

    private bool IsOpen(string path) =>
        InfrastructureCalls.IsHealth(path) || (InfrastructureCalls.IsMetrics(path) && !options.Value.MetricsNeedKey);

    private static string KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : "";
    }
}
