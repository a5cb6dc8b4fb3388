using Grpc.Core;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Gateway.Grpc;

/// <summary>Decisions, and the deciders that are taught for them.</summary>
internal sealed partial class SensoriumGrpcService
{
    public override async Task<V1.DecideResponse> Decide(V1.DecideRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var cases = request.Cases.Select((one, i) => one.ToInput($"cases[{i}]")).ToArray();
        var decided = await decide.RunAsync(cases, request.ToDomain(requestId, context.DeadlineIfAny()), context.CancellationToken);
        return decided.ToProto(requestId);
    }

    public override async Task Teach(
        IAsyncStreamReader<V1.TeachRequest> requestStream, IServerStreamWriter<V1.TeachResponse> responseStream, ServerCallContext context)
    {
        var header = await CaseReader.ReadHeaderAsync(requestStream, context.CancellationToken);
        var request = header.ToDomain(RequestIds.OrNew(header.RequestId), context.DeadlineIfAny());
        await foreach (var said in teach.RunAsync(request, CaseReader.ReadCasesAsync(requestStream, context.CancellationToken), context.CancellationToken))
        {
            await writer.WriteAsync(responseStream, said.ToProto(), context.CancellationToken);
        }
    }

    public override Task<V1.ListDecidersResponse> ListDeciders(V1.ListDecidersRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.ListDecidersResponse { Deciders = { deciders.List().Select(pair => pair.Info.ToProto(pair.IsLoaded)) } });

    public override Task<V1.UnloadDeciderResponse> UnloadDecider(V1.UnloadDeciderRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.UnloadDeciderResponse { Unloaded = deciders.Unload(request.Decider) });

    public override Task<V1.DeleteDeciderResponse> DeleteDecider(V1.DeleteDeciderRequest request, ServerCallContext context)
    {
        deciders.Delete(request.Decider);
        return Task.FromResult(new V1.DeleteDeciderResponse());
    }
}
