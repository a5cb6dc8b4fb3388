using Sensorium.Core.Errors;
using Sensorium.Hosting.Hosts;

namespace Sensorium.Gateway.Grpc.Live;

/// <summary>Live streams over WebSocket, for browsers, on the HTTP port.</summary>
internal static class LiveSocketFace
{
    public const string Path = "/live";

    public static void MapLiveSocket(this WebApplication app)
    {
        app.UseWebSockets();
        app.MapSensoriumHttp().MapGet(Path, async (HttpContext context, LiveSocket socket) =>
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                throw SensoriumException.Invalid(ErrorReasons.MalformedRequest, $"{Path} is a WebSocket; docs/live.md says what is spoken there.");
            }

            await socket.RunAsync(context);
        }).ExcludeFromDescription();
    }
}
