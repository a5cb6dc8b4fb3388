using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Sensorium.Bench.Echo;

/// <summary>A bare gRPC server: any bytes in, 1 KiB out.</summary>
internal sealed class EchoServer : EchoService.EchoServiceBase
{
    private static readonly ByteString Answer = ByteString.CopyFrom(new byte[1024]);

    public static async Task<int> RunAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.ListenLocalhost(port, listen => listen.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.MapGrpcService<EchoServer>();
        await app.RunAsync();
        return 0;
    }

    public override Task<EchoResponse> Echo(EchoRequest request, ServerCallContext context) =>
        Task.FromResult(new EchoResponse { Data = Answer });
}
