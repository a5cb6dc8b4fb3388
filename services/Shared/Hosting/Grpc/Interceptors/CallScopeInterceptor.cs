using Grpc.Core;
using Grpc.Core.Interceptors;
using Sensorium.Hosting.Grpc.Clients;

namespace Sensorium.Hosting.Grpc.Interceptors;

/// <summary>Lets calls to other services know the deadline of the call that caused them.</summary>
internal sealed class CallScopeInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        CallScope.Enter(context.Deadline, context.CancellationToken);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        CallScope.Enter(context.Deadline, context.CancellationToken);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        CallScope.Enter(context.Deadline, context.CancellationToken);
        return continuation(requestStream, responseStream, context);
    }
}
