using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>
/// Services over the Connect protocol, so that browsers and plain HTTP clients call them: POST /package.Service/Method with a
/// message in JSON or protobuf. See https://connectrpc.com/docs/protocol. Over HTTP/1.1 a caller who streams sends everything
/// before it reads.
/// </summary>
public static class ConnectMapping
{
    /// <summary>Maps a service that the host serves over gRPC too.</summary>
    /// <param name="app">Of the host.</param>
    /// <param name="bind">The generated BindService of the service.</param>
    public static void MapConnectService<TService>(this WebApplication app, Action<ServiceBinderBase, TService> bind)
        where TService : class =>
        bind(
            ActivatorUtilities.CreateInstance<ConnectBinder>(app.Services, app.MapSensoriumHttp()),
            app.Services.GetRequiredService<TService>());

    /// <summary>Maps the models of the host: list, load, unload, check.</summary>
    public static void MapConnectModels(this WebApplication app) =>
        app.MapConnectService<ModelGrpcService>(V1.ModelService.BindService);
}
