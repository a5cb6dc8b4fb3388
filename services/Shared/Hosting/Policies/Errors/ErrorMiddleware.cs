using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Accounting;

namespace Sensorium.Hosting.Policies.Errors;

/// <summary>Answers whatever a request failed with, in the shape of its face.</summary>
internal sealed partial class ErrorMiddleware(
    RequestDelegate next,
    [FromKeyedServices(ErrorMiddleware.Grpc)] IErrorShape grpc,
    IEnumerable<PathErrorShape> shapes,
    ILogger<ErrorMiddleware> logger)
{
    /// <summary>Key of the shape of gRPC calls.</summary>
    public const string Grpc = "grpc";

    private static readonly ProblemShape Problem = new();

    // The longest first.
    private readonly PathErrorShape[] _shapes = [.. shapes.OrderByDescending(shape => shape.Path.Value!.Length)];

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var error = Translate(exception, context);
            context.Features.Get<CallRecord>()?.Fail(error);
            var allowed = context.Response.Headers.Allow;
            context.Response.Clear();
            context.Response.Headers.Allow = allowed;
            await ShapeOf(context).WriteAsync(context, error);
        }
    }

    private IErrorShape ShapeOf(HttpContext context) =>
        RequestKind.IsGrpc(context.Request)
            ? grpc
            : context.GetEndpoint()?.Metadata.GetMetadata<IErrorShape>()
                ?? Array.Find(_shapes, shape => context.Request.Path.StartsWithSegments(shape.Path))?.Shape
                ?? Problem;

    private SensoriumException Translate(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case SensoriumException { Code: not ErrorCode.Internal } known:
                LogRefused(context.Request.Path, known.Code, known.Reason, known.Message);
                return known;
            case SensoriumException fault:
                LogFault(fault, context.Request.Path, fault.Reason);
                return fault;
            case OperationCanceledException or IOException when context.RequestAborted.IsCancellationRequested:
                return new SensoriumException(ErrorCode.Cancelled, ErrorReasons.Cancelled, "The caller cancelled the call.");
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } large:
                return new SensoriumException(ErrorCode.ResourceExhausted, ErrorReasons.MessageTooLarge, large.Message, large);
            case JsonException json:
                return SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"The request cannot be read: {Cause(json)}", inner: json);
            case BadHttpRequestException:
                return SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"The request cannot be read: {exception.Message}", inner: exception);
            default:
                LogFault(exception, context.Request.Path, ErrorReasons.InternalFault);
                return new SensoriumException(
                    ErrorCode.Internal, ErrorReasons.InternalFault, $"{context.Request.Path} failed unexpectedly; the log of the service says why.");
        }
    }

    // The message counts lines from 0, and says so at its end in names of the runtime.
    private static string Cause(JsonException json)
    {
        var cause = json.Message.Split(" LineNumber: ")[0];
        return json.LineNumber is { } line ? $"{cause} (line {line + 1}, byte {json.BytePositionInLine + 1})" : cause;
    }

    [LoggerMessage(5003, LogLevel.Debug, "{Path} answered {Code} {Reason}: {Message}")]
    private partial void LogRefused(string path, ErrorCode code, string reason, string message);

    [LoggerMessage(5004, LogLevel.Error, "{Path} failed with {Reason}")]
    private partial void LogFault(Exception exception, string path, string reason);
}
