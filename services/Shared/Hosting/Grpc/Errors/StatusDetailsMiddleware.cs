using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Policies.Bodies;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Errors;

/// <summary>
/// gRPC itself refuses messages that it cannot read or that are over the size limit, and unknown methods, before any
/// interceptor sees the call. This adds the reason that every error of the API carries, and says what was wrong.
/// </summary>
internal sealed class StatusDetailsMiddleware(RequestDelegate next, IOptions<HostingOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (Trailers(context) is not { } trailers
            || !int.TryParse(trailers[StatusHeaders.Status], CultureInfo.InvariantCulture, out var code)
            || trailers.ContainsKey(StatusHeaders.Details)
            || Explain(code, Uri.UnescapeDataString(trailers[StatusHeaders.Message].ToString()), context) is not { } error)
        {
            return;
        }

        context.Features.Get<CallRecord>()?.Fail(error);
        foreach (var (name, value) in GrpcErrorShape.HeadersOf(error))
        {
            trailers[name] = value;
        }
    }

    private SensoriumException? Explain(int code, string detail, HttpContext context) => code switch
    {
        // Errors of the service itself never end as UNKNOWN: the request could not be read.
        2 when context.Features.Get<CallBytes>()?.Refusal is { } refusal => refusal,
        2 => detail.Contains("Message too large", StringComparison.Ordinal) ? TooLarge() : Malformed(detail),
        8 => TooLarge(),
        12 when detail.Contains("grpc-encoding", StringComparison.Ordinal) =>
            new SensoriumException(ErrorCode.Unimplemented, ErrorReasons.UnsupportedEncoding, detail),
        12 => new SensoriumException(ErrorCode.Unimplemented, ErrorReasons.UnknownMethod, $"There is no method {context.Request.Path} here."),
        _ => null,
    };

    private SensoriumException TooLarge() => new(
        ErrorCode.ResourceExhausted,
        ErrorReasons.MessageTooLarge,
        $"The message is larger than {options.Value.MaxReceiveBytes:N0} bytes, the most that one message may have. "
        + "Send large media with SensoriumService.Upload and pass the reference that it answers.");

    private static SensoriumException Malformed(string detail) => SensoriumException.Invalid(
        ErrorReasons.MalformedRequest,
        $"The request cannot be read: {(detail.Split(": ", 2) is [_, var cause] ? cause : detail)}");

    // A call that fails before its first message carries the status in its headers.
    private static IHeaderDictionary? Trailers(HttpContext context)
    {
        if (!context.Response.HasStarted && context.Response.Headers.ContainsKey(StatusHeaders.Status))
        {
            return context.Response.Headers;
        }

        return context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers
            && trailers.ContainsKey(StatusHeaders.Status) ? trailers : null;
    }
}
