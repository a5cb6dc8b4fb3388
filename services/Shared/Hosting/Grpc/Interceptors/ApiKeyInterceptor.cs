using System.Security.Cryptography;
using System.Text;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Interceptors;

/// <summary>Lets in calls that bring a configured key. Without configured keys everyone is let in.</summary>
internal sealed class ApiKeyInterceptor(IOptions<HostingOptions> options) : Interceptor
{
    private const string Scheme = "Bearer ";

    // Hashes are of equal length, so that comparing them takes equal time.
    private readonly byte[][] _hashes = [.. options.Value.ApiKeys.Select(Hash)];

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(requestStream, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(request, responseStream, context);
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Check(context);
        return continuation(requestStream, responseStream, context);
    }

    private void Check(ServerCallContext context)
    {
        if (_hashes.Length == 0 || InfrastructureCalls.IsHealth(context.Method))
        {
            return;
        }

        var header = context.RequestHeaders.GetValue("authorization") ?? "";
        var given = Hash(header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : "");
        var known = false;
        foreach (var hash in _hashes)
        {
            known |= CryptographicOperations.FixedTimeEquals(hash, given);
        }

        if (!known)
        {
            throw new SensoriumException(
                ErrorCode.Unauthenticated,
                ErrorReasons.Unauthenticated,
                "The call brings no valid key; send metadata \"authorization: Bearer KEY\".");
        }
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
