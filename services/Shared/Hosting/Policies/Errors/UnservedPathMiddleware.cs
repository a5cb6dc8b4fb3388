using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Errors;

/// <summary>
/// Says what is wrong with paths and methods over HTTP that nothing is served at. gRPC says it itself, with an endpoint that stands at
/// every path of two parts, so that routing finds no wrong method there.
/// </summary>
internal sealed class UnservedPathMiddleware(RequestDelegate next, EndpointDataSource endpoints)
{
    private readonly Lazy<ServedPath[]> _served = new(() => [.. endpoints.Endpoints.OfType<RouteEndpoint>().Select(ServedPath.Of).OfType<ServedPath>()]);

    public Task InvokeAsync(HttpContext context)
    {
        // What routing makes for a wrong method, or a wrong type of content, is no endpoint of a route.
        if (context.GetEndpoint() is RouteEndpoint || RequestKind.IsGrpc(context.Request))
        {
            return next(context);
        }

        var (method, path) = (context.Request.Method, context.Request.Path);
        string[] methods = [.. _served.Value.Where(served => served.Is(path)).SelectMany(served => served.Methods).Distinct().Order(StringComparer.Ordinal)];
        if (methods.Length == 0)
        {
            throw new SensoriumException(ErrorCode.NotFound, ErrorReasons.UnknownPath, $"There is nothing at {path}.");
        }

        if (methods.Contains(method, StringComparer.OrdinalIgnoreCase))
        {
            throw ContentTypes.Refuse(context.Request);
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        throw new SensoriumException(ErrorCode.Unimplemented, ErrorReasons.MethodNotAllowed, $"{path} is served by {context.Response.Headers.Allow}, and not by {method}.");
    }

    private sealed record ServedPath(TemplateMatcher Matcher, IReadOnlyList<string> Methods)
    {
        /// <summary>Null for one that any method reaches.</summary>
        public static ServedPath? Of(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods.Count: > 0 } served
            ? new ServedPath(new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []), served.HttpMethods)
            : null;

        public bool Is(PathString path) => Matcher.TryMatch(path, []);
    }
}
