using System.Globalization;
using Google.Protobuf;
using Grpc.Net.Client;
using Sensorium.Bench.Echo;
using Sensorium.Bench.Load;
using Sensorium.Bench.Processes;

namespace Sensorium.Bench.Contenders;

/// <summary>The bare gRPC echo, called as Sensorium is: one connection per client.</summary>
internal sealed class EchoPeer : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly GrpcChannel[] _channels;
    private readonly EchoService.EchoServiceClient[] _clients;

    private EchoPeer(ServerProcess process, int port, int clients)
    {
        _process = process;
        _channels = [.. Enumerable.Range(0, clients).Select(_ => GrpcChannel.ForAddress($"http://127.0.0.1:{port}"))];
        _clients = [.. _channels.Select(channel => new EchoService.EchoServiceClient(channel))];
    }

    public int ProcessId => _process.Id;

    public static async Task<EchoPeer> StartAsync(BenchOptions options)
    {
        var port = Ports.Free();
        var process = ServerProcess.Start(
            options.ServerCores,
            options.LogFile("echo"),
            new Dictionary<string, string>(),
            readOutput: false,
            "dotnet", BenchOptions.OwnAssembly, "echo", port.ToString(CultureInfo.InvariantCulture));
        var peer = new EchoPeer(process, port, clients: 16);
        await process.WaitUntilReadyAsync(async () => (await peer.EchoAsync(0, [1])).Items == 1, TimeSpan.FromSeconds(60));
        return peer;
    }

    public async Task<CallOutcome> EchoAsync(int client, byte[] data)
    {
        await _clients[client].EchoAsync(new EchoRequest { Data = UnsafeByteOperations.UnsafeWrap(data) });
        return new CallOutcome(1);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        await _process.DisposeAsync();
    }
}
