using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Clients.UnitTests;

/// <summary>Decisions.</summary>
internal sealed partial class ScriptedGateway
{
    public List<DecideRequest> Decisions { get; } = [];

    /// <summary>Every message of the last teaching.</summary>
    public List<TeachRequest> Taught { get; } = [];

    public Func<DecideRequest, DecideResponse> OnDecide { get; set; } = _ => new DecideResponse();

    public Func<IReadOnlyList<TeachRequest>, IEnumerable<TeachResponse>> OnTeach { get; set; } = _ => [];

    public Func<ListDecidersResponse> OnListDeciders { get; set; } = () => new ListDecidersResponse();

    public override Task<DecideResponse> Decide(DecideRequest request, ServerCallContext context)
    {
        Decisions.Add(request);
        return Task.FromResult(OnDecide(request));
    }

    public override async Task Teach(IAsyncStreamReader<TeachRequest> requestStream, IServerStreamWriter<TeachResponse> responseStream, ServerCallContext context)
    {
        Taught.Clear();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            Taught.Add(request);
        }

        foreach (var response in OnTeach(Taught))
        {
            await responseStream.WriteAsync(response, context.CancellationToken);
        }
    }

    public override Task<ListDecidersResponse> ListDeciders(ListDecidersRequest request, ServerCallContext context) => Task.FromResult(OnListDeciders());
}
