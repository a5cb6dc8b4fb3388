using Grpc.Core;
using Sensorium.Core.Tensors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Generation.Grpc;

/// <summary>Serves bare graphs over sensorium.v1.TensorService.</summary>
internal sealed class TensorGrpcService(IGraphInference graphs) : V1.TensorService.TensorServiceBase
{
    public override async Task<V1.InferResponse> Infer(V1.InferRequest request, ServerCallContext context) =>
        (await graphs.InferAsync(request.ToDomain(context.DeadlineIfAny()), context.CancellationToken)).ToProto();

    public override async Task<V1.DescribeGraphsResponse> DescribeGraphs(V1.DescribeGraphsRequest request, ServerCallContext context) =>
        (await graphs.DescribeAsync(context.CancellationToken)).ToProto();
}
