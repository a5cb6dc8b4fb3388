using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Policies.Draining;

namespace Sensorium.Hosting.Grpc.Interceptors;

/// <summary>Turns whatever a call failed with into a status with a reason. Nothing ends as UNKNOWN.</summary>
internal sealed partial class ErrorInterceptor(TimeProvider time, CallTracker calls, ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case SensoriumException known:
                LogRefused(context.Method, known.Code, known.Reason, known.Message);
                if (known.Code == ErrorCode.Internal)
                {
                    LogModelFault(known, context.Method, known.Reason);
                }

                return Told(known, context);
            case OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested:
                return Told(Cancelled(context), context);
            case InvalidProtocolBufferException:
                // A message in the middle of a stream, which is read while the service runs.
                return Told(SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"The request cannot be read: {exception.Message}"), context);
            case RpcException { StatusCode: not StatusCode.Unknown } transport:
                // The framework's own, as for a message over the size limit in the middle of a stream.
                return transport;
            default:
                LogUnexpected(exception, context.Method);
                return Told(Unexpected(context), context);
        }
    }

    private static RpcException Told(SensoriumException error, ServerCallContext context)
    {
        context.GetHttpContext().Features.Get<CallRecord>()?.Fail(error);
        return error.ToRpcException();
    }

    private SensoriumException Cancelled(ServerCallContext context) => context.Deadline <= time.GetUtcNow().UtcDateTime
        ? new SensoriumException(ErrorCode.DeadlineExceeded, ErrorReasons.DeadlineExceeded, "The deadline passed before the work was done.")
        : calls.CutOff.IsCancellationRequested ? CallTracker.CutOffError()
        : new SensoriumException(ErrorCode.Cancelled, ErrorReasons.Cancelled, "The caller cancelled the call.");

    private static SensoriumException Unexpected(ServerCallContext context) => new(
        ErrorCode.Internal,
        ErrorReasons.InternalFault,
        $"{context.Method} failed unexpectedly; the log of the service says why.");
}
