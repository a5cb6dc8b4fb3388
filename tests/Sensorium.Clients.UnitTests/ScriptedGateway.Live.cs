using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Clients.UnitTests;

internal sealed partial class ScriptedGateway
{
    public List<LiveRequest> Lives { get; } = [];

    /// <summary>What is told at the end.</summary>
    public IReadOnlyList<LiveEvent> LiveEvents { get; set; } = [];

    public override async Task Live(IAsyncStreamReader<LiveRequest> requestStream, IServerStreamWriter<LiveResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync())
        {
            Lives.Add(request);
        }

        foreach (var said in LiveEvents)
        {
            await responseStream.WriteAsync(new LiveResponse { Event = said });
        }
    }
}
