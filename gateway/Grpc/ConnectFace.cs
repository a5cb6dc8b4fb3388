using Sensorium.Hosting.Grpc.Connect;

namespace Sensorium.Gateway.Grpc;

/// <summary>The public API over the Connect protocol, on the HTTP port.</summary>
internal static class ConnectFace
{
    public static void MapConnectFace(this WebApplication app)
    {
        app.MapConnectService<SensoriumGrpcService>(V1.SensoriumService.BindService);
        app.MapConnectModels();
    }
}
