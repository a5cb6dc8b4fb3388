using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Inference;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;

namespace Sensorium.Gateway.Grpc.Inference;

/// <summary>The Open Inference Protocol, version 2: inference.GRPCInferenceService.</summary>
internal sealed class InferenceGrpcService(
    InferOperation infer, TensorModels models, ModelRepository repository, ServingState serving, BoundedWriter writer)
    : V2.GRPCInferenceService.GRPCInferenceServiceBase
{
    private const string FinalResponse = "triton_final_response";
    private const string WantsEmptyFinal = "triton_enable_empty_final_response";

    public override Task<V2.ServerLiveResponse> ServerLive(V2.ServerLiveRequest request, ServerCallContext context) =>
        Task.FromResult(new V2.ServerLiveResponse { Live = true });

    public override Task<V2.ServerReadyResponse> ServerReady(V2.ServerReadyRequest request, ServerCallContext context) =>
        Task.FromResult(new V2.ServerReadyResponse { Ready = serving.IsReady });

    public override Task<V2.ServerMetadataResponse> ServerMetadata(V2.ServerMetadataRequest request, ServerCallContext context) =>
        Task.FromResult(new V2.ServerMetadataResponse { Name = InferenceServer.Name, Version = InferenceServer.Version, Extensions = { InferenceServer.Extensions } });

    public override async Task<V2.ModelReadyResponse> ModelReady(V2.ModelReadyRequest request, ServerCallContext context) =>
        new() { Ready = await repository.IsReadyAsync(request.Name, request.Version, context.CancellationToken) };

    public override async Task<V2.ModelMetadataResponse> ModelMetadata(V2.ModelMetadataRequest request, ServerCallContext context) =>
        (await models.FindAsync(request.Name, request.Version, context.CancellationToken)).ToMetadata();

    public override async Task<V2.ModelConfigResponse> ModelConfig(V2.ModelConfigRequest request, ServerCallContext context) =>
        new() { Config = (await models.FindAsync(request.Name, request.Version, context.CancellationToken)).ToConfig() };

    public override async Task<V2.ModelInferResponse> ModelInfer(V2.ModelInferRequest request, ServerCallContext context) =>
        (await infer.RunAsync(request.ToCall(context), context.CancellationToken)).ToProto(request.Id);

    public override async Task ModelStreamInfer(
        IAsyncStreamReader<V2.ModelInferRequest> requestStream, IServerStreamWriter<V2.ModelStreamInferResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            try
            {
                await AnswerAsync(request, responseStream, context);
            }
            catch (SensoriumException error) when (error.Code is not (ErrorCode.Internal or ErrorCode.Cancelled) && error.Reason != ErrorReasons.SlowReader)
            {
                var failed = new V2.ModelStreamInferResponse { ErrorMessage = error.Message, InferResponse = new V2.ModelInferResponse { ModelName = request.ModelName, Id = request.Id } };
                await writer.WriteAsync(responseStream, failed, context.CancellationToken);
            }
        }
    }

    public override async Task<V2.ModelStatisticsResponse> ModelStatistics(V2.ModelStatisticsRequest request, ServerCallContext context) => new()
    {
        ModelStats =
        {
            (await repository.CountAsync(request.Name, request.Version, context.CancellationToken)).Select(entry => entry.Counts.ToProto(entry.Model, entry.Version)),
        },
    };

    public override async Task<V2.RepositoryIndexResponse> RepositoryIndex(V2.RepositoryIndexRequest request, ServerCallContext context) => new()
    {
        Models =
        {
            (await repository.IndexAsync(request.Ready, context.CancellationToken)).Select(entry => new V2.RepositoryIndexResponse.Types.ModelIndex
            {
                Name = entry.Model,
                Version = entry.Version,
                State = entry.StateName,
                Reason = entry.Reason,
            }),
        },
    };

    public override async Task<V2.RepositoryModelLoadResponse> RepositoryModelLoad(V2.RepositoryModelLoadRequest request, ServerCallContext context)
    {
        await repository.LoadAsync(request.ModelName, request.Parameters.Keys, context.CancellationToken);
        return new V2.RepositoryModelLoadResponse();
    }

    public override async Task<V2.RepositoryModelUnloadResponse> RepositoryModelUnload(V2.RepositoryModelUnloadRequest request, ServerCallContext context)
    {
        await repository.UnloadAsync(request.ModelName, context.CancellationToken);
        return new V2.RepositoryModelUnloadResponse();
    }

    // Every response says whether it is the last; where the last piece cannot know that, an empty one says so to those who ask for it.
    private async Task AnswerAsync(V2.ModelInferRequest request, IServerStreamWriter<V2.ModelStreamInferResponse> responseStream, ServerCallContext context)
    {
        var isOver = false;
        var call = request.ToCall(context);
        var (wantsEnd, model, version) = (call.Parameters.FindFlag(WantsEmptyFinal), request.ModelName, request.ModelVersion);
        await foreach (var answer in infer.StreamAsync(call, context.CancellationToken))
        {
            (isOver, model, version) = (answer.IsFinal, answer.Model, answer.Version);
            await SendAsync(answer.ToProto(request.Id), isOver);
        }

        if (!isOver && wantsEnd)
        {
            await SendAsync(new V2.ModelInferResponse { ModelName = model, ModelVersion = version, Id = request.Id }, isFinal: true);
        }

        Task SendAsync(V2.ModelInferResponse response, bool isFinal)
        {
            response.Parameters[FinalResponse] = new V2.InferParameter { BoolParam = isFinal };
            return writer.WriteAsync(responseStream, new V2.ModelStreamInferResponse { InferResponse = response }, context.CancellationToken);
        }
    }
}
