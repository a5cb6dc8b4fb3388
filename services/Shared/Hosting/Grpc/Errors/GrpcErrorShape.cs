using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Hosting.Grpc.Errors;

/// <summary>Failures of gRPC calls that were refused before the call began: a status with details, in headers alone.</summary>
internal sealed class GrpcErrorShape : IErrorShape
{
    public Task WriteAsync(HttpContext context, SensoriumException failure)
    {
        context.Response.ContentType = "application/grpc";
        foreach (var (name, value) in HeadersOf(failure))
        {
            context.Response.Headers[name] = value;
        }

        return Task.CompletedTask;
    }

    public static IEnumerable<(string Name, string Value)> HeadersOf(SensoriumException error)
    {
        var failure = error.ToRpcException();
        yield return (StatusHeaders.Status, ((int)failure.StatusCode).ToString(CultureInfo.InvariantCulture));
        yield return (StatusHeaders.Message, StatusHeaders.PercentEncode(failure.Status.Detail));
        yield return (StatusHeaders.Details, Convert.ToBase64String(failure.Trailers.GetValueBytes(StatusHeaders.Details)!).TrimEnd('='));
    }
}
