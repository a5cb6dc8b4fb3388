using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Errors;

/// <summary>
/// gRPC itself refuses messages over the size limit and unknown methods before any interceptor sees the call. This adds the
/// reason that every error of the API carries.
/// </summary>
internal sealed class StatusDetailsMiddleware(RequestDelegate next, IOptions<HostingOptions> options)
{
    private const string StatusHeader = "grpc-status";
    private const string MessageHeader = "grpc-message";
    private const string DetailsHeader = "grpc-status-details-bin";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (Trailers(context) is not { } trailers
            || !int.TryParse(trailers[StatusHeader], out var code)
            || trailers.ContainsKey(DetailsHeader)
            || Explain((Code)code, context) is not var (reason, message))
        {
            return;
        }

        var status = new Google.Rpc.Status { Code = code, Message = message };
        status.Details.Add(Any.Pack(new ErrorInfo { Domain = ErrorMapping.Domain, Reason = reason }));
        trailers[MessageHeader] = PercentEncode(message);
        trailers[DetailsHeader] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
    }

    private (string Reason, string Message)? Explain(Code code, HttpContext context) => code switch
    {
        Code.ResourceExhausted => (
            ErrorReasons.MessageTooLarge,
            $"The message is larger than {options.Value.MaxReceiveBytes:N0} bytes, the most that one message may have. "
            + "Send large media with SensoriumService.Upload and pass the reference that it answers."),
        Code.Unimplemented => (ErrorReasons.UnknownMethod, $"There is no method {context.Request.Path} here."),
        _ => null,
    };

    // A call that fails before its first message carries the status in its headers.
    private static IHeaderDictionary? Trailers(HttpContext context)
    {
        if (!context.Response.HasStarted && context.Response.Headers.ContainsKey(StatusHeader))
        {
            return context.Response.Headers;
        }

        return context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers
            && trailers.ContainsKey(StatusHeader) ? trailers : null;
    }

    private static string PercentEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            _ = value is >= 0x20 and <= 0x7E and not (byte)'%' ? encoded.Append((char)value) : encoded.Append($"%{value:X2}");
        }

        return encoded.ToString();
    }
}
