using Grpc.Core;
using Grpc.Core.Interceptors;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies;
using Sensorium.Hosting.Policies.Draining;

namespace Sensorium.Hosting.Grpc.Interceptors;

/// <summary>Counts calls, and refuses new ones while the process drains. Health and reflection are not counted.</summary>
internal sealed class DrainInterceptor(CallTracker calls) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using var call = Enter(context);
        return await continuation(request, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var call = Enter(context);
        return await continuation(requestStream, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var call = Enter(context);
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var call = Enter(context);
        await continuation(requestStream, responseStream, context);
    }

    private Scope Enter(ServerCallContext context)
    {
        if (InfrastructureCalls.Includes(context.Method))
        {
            return default;
        }

        return calls.TryEnter()
            ? new Scope(calls)
            : throw SensoriumException.Unavailable(
                ErrorReasons.Draining, "This process is stopping and takes no new calls; another one may answer.");
    }

    private readonly struct Scope(CallTracker? calls) : IDisposable
    {
        public void Dispose() => calls?.Exit();
    }
}
