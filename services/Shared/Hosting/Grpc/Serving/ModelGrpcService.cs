using Grpc.Core;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>The models of this process, and of those behind it, over sensorium.v1.ModelService.</summary>
internal sealed class ModelGrpcService(JoinedModels models) : V1.ModelService.ModelServiceBase
{
    public override async Task<V1.ModelServiceListResponse> List(V1.ModelServiceListRequest request, ServerCallContext context) => new()
    {
        Models = { (await models.ListAsync(context.CancellationToken)).Select(RunningModelMapping.ToProto) },
    };

    public override async Task<V1.ModelServiceCheckResponse> Check(V1.ModelServiceCheckRequest request, ServerCallContext context) =>
        (await models.CheckAsync(RunningModelMapping.RequireName(request.Id), context.CancellationToken)).ToProto();

    public override async Task Load(
        V1.ModelServiceLoadRequest request, IServerStreamWriter<V1.ModelServiceLoadResponse> responseStream, ServerCallContext context)
    {
        await foreach (var part in models.LoadAsync(RunningModelMapping.RequireName(request.Id), context.CancellationToken))
        {
            await responseStream.WriteAsync(new V1.ModelServiceLoadResponse { Part = part.ToProto() }, context.CancellationToken);
        }
    }

    public override async Task Unload(
        V1.ModelServiceUnloadRequest request, IServerStreamWriter<V1.ModelServiceUnloadResponse> responseStream, ServerCallContext context)
    {
        await foreach (var part in models.UnloadAsync(RunningModelMapping.RequireName(request.Id), context.CancellationToken))
        {
            await responseStream.WriteAsync(new V1.ModelServiceUnloadResponse { Part = part.ToProto() }, context.CancellationToken);
        }
    }
}
