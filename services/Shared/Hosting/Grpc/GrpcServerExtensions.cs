using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Health;
using Sensorium.Hosting.Grpc.Interceptors;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Policies.Bodies;
using Sensorium.Hosting.Policies.Draining;
using Sensorium.Hosting.Policies.Errors;
using Sensorium.Hosting.Policies.Keys;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc;

/// <summary>The gRPC server of a host.</summary>
internal static class GrpcServerExtensions
{
    public static void AddSensoriumGrpc(this IServiceCollection services)
    {
        services.AddGrpc(grpc =>
        {
            // What a service throws is translated by the interceptor; what is left is why gRPC could not read a request.
            grpc.EnableDetailedErrors = true;
            grpc.Interceptors.Add<ErrorInterceptor>();
        });
        services.AddOptions<GrpcServiceOptions>().Configure<IOptions<HostingOptions>>((grpc, host) =>
        {
            grpc.MaxReceiveMessageSize = host.Value.MaxReceiveBytes;
            grpc.MaxSendMessageSize = host.Value.MaxSendBytes;
        });
        services.AddHttpContextAccessor();
        services.AddOptions<GrpcServiceOptions>().PostConfigure<IHttpContextAccessor>((grpc, contexts) =>
            grpc.CompressionProviders = [.. grpc.CompressionProviders.Select(known => new CountedCompression(known, contexts))]);
        services.AddGrpcReflection();
        services.AddSingleton<ErrorInterceptor>();
        services.AddSingleton<BytesInFlight>();
        services.AddSingleton<CallTracker>();
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<ICallers, Callers>();
        services.AddKeyedSingleton<IErrorShape, GrpcErrorShape>(ErrorMiddleware.Grpc);
        services.AddSingleton<BoundedWriter>();
        services.AddSingleton<HealthStatuses>();
        services.AddSingleton<JoinedModels>();
        services.AddSingleton<ModelGrpcService>();
        services.AddSingleton<ReadinessMonitor>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadinessMonitor>());
        services.AddHostedService<DrainService>();
    }
}
