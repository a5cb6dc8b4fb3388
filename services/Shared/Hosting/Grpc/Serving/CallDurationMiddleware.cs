using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Policies;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>
/// How long each gRPC call took and how it ended, by OpenTelemetry's conventions. ASP.NET Core measures the HTTP request, whose
/// status is 200 whatever the call ended with.
/// </summary>
internal sealed class CallDurationMiddleware(RequestDelegate next, TimeProvider time)
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "rpc.server.call.duration", "s", "How long a gRPC call took, without health and reflection.");

    private static readonly Dictionary<int, string> Names = Enum.GetValues<StatusCode>().ToDictionary(code => (int)code, NameOf);

    public async Task InvokeAsync(HttpContext context)
    {
        if (!RequestKind.IsGrpc(context.Request) || InfrastructureCalls.Includes(context.Request.Path.Value ?? ""))
        {
            await next(context);
            return;
        }

        var started = time.GetTimestamp();
        await next(context);
        var status = StatusOf(context);
        var tags = new TagList
        {
            { "rpc.system.name", "grpc" },

            // Names of callers' own making would each be a series.
            { "rpc.method", context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName[1..] ?? "_OTHER" },
            { "rpc.response.status_code", status },
        };
        Duration.Record(time.GetElapsedTime(started).TotalSeconds, tags);
    }

    /// <summary>What a gRPC call ended with, as "OK".</summary>
    public static string StatusOf(HttpContext context)
    {
        var text = context.Response.Headers[StatusHeaders.Status] is { Count: > 0 } header
            ? header
            : context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers[StatusHeaders.Status] ?? default;
        return int.TryParse(text, CultureInfo.InvariantCulture, out var code) && Names.TryGetValue(code, out var name)
            ? name
            : context.RequestAborted.IsCancellationRequested ? Names[(int)StatusCode.Cancelled] : Names[(int)StatusCode.Unknown];
    }

    // As in gRPC's own documents: RESOURCE_EXHAUSTED.
    private static string NameOf(StatusCode code) => code == StatusCode.OK
        ? "OK"
        : string.Concat(code.ToString().Select((letter, index) => index > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{char.ToUpperInvariant(letter)}"));
}
