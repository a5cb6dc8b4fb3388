using Microsoft.AspNetCore.Authorization;
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
        var caller = keys.Identify(KeyOf(context.Request));
        if (!IsOpen(path) && !IsForEveryone(context))
        {
            Check(path, caller);
        }

        if (caller is not null)
        {
            context.Features.Set(caller.IsService ? caller with { Tenant = TenantHeaders.Read(context.Request.Headers) } : caller);
        }

        return next(context);
    }

    private static void Check(string path, Caller? caller)
    {
        if (caller is null)
        {
            throw Refused("The call brings no valid key; send \"authorization: Bearer KEY\".");
        }

        if (InfrastructureCalls.IsBetweenServices(path) && !caller.ReadsAll)
        {
            throw Refused($"Encoders and generation are for services, which bring {PeerOptions.Section}:ApiKey; call the gateway.");
        }

        if (InfrastructureCalls.Manages(path) && !caller.Manages)
        {
            throw new SensoriumException(
                ErrorCode.PermissionDenied,
                ErrorReasons.AdminKeyNeeded,
                $"The key may not change what is served to all; one of {HostingOptions.Section}:{nameof(HostingOptions.AdminKeys)} may.");
        }
    }

    private bool IsOpen(string path) =>
        InfrastructureCalls.IsHealth(path) || (InfrastructureCalls.IsMetrics(path) && !options.Value.MetricsNeedKey);

    // As a page, which brings its user's key with what is done on it.
    private static bool IsForEveryone(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    private static SensoriumException Refused(string why) => new(ErrorCode.Unauthenticated, ErrorReasons.Unauthenticated, why);

    private static string KeyOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : SocketKeys.KeyOf(request);
    }
}
