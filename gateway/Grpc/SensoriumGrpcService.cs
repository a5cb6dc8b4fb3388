using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sensorium.Gateway.Grpc.Live;
using Sensorium.Gateway.Operations;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Gateway.Grpc;

/// <summary>The public API over gRPC: maps a request, runs its operation, maps what came of it.</summary>
internal sealed partial class SensoriumGrpcService(
    CaptionOperation caption,
    GenerateOperation generate,
    TranscribeOperation transcribe,
    GenerateImageOperation image,
    GenerateVideoOperation video,
    UploadOperation upload,
    EmbedOperation embed,
    CompareOperation compare,
    ClassifyOperation classify,
    RerankOperation rerank,
    ExplainOperation explain,
    DecideOperation decide,
    TeachOperation teach,
    DecidersOperation deciders,
    StatusOperation status,
    IndexStream index,
    SearchOperation search,
    ListItemsOperation listItems,
    DeleteOperation delete,
    CollectionsOperation collections,
    LiveStream live,
    UploadReader uploads,
    BoundedWriter writer) : V1.SensoriumService.SensoriumServiceBase
{
    public override async Task Caption(
        V1.CaptionRequest request,
        IServerStreamWriter<V1.CaptionResponse> responseStream,
        ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var job = request.ToGenerate().ToJob(requestId, []) with { Deadline = context.DeadlineIfAny() };
        var events = caption.RunAsync(MediaInputs.Read(request.Media, "media"), job, context.CancellationToken);
        long sequence = 0;
        await foreach (var said in events)
        {
            var response = new V1.CaptionResponse { Event = said.ToProto(requestId, sequence++) };
            await writer.WriteAsync(responseStream, response, context.CancellationToken);
        }
    }

    public override async Task Generate(
        V1.SensoriumServiceGenerateRequest request,
        IServerStreamWriter<V1.SensoriumServiceGenerateResponse> responseStream,
        ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var job = request.ToJob(requestId) with { Deadline = context.DeadlineIfAny() };
        long sequence = 0;
        await foreach (var said in generate.RunAsync(ChatInputs.Read(request.Messages, "messages"), job, context.CancellationToken))
        {
            var response = new V1.SensoriumServiceGenerateResponse { Event = said.ToProto(requestId, sequence++) };
            await writer.WriteAsync(responseStream, response, context.CancellationToken);
        }
    }

    public override async Task Transcribe(
        V1.TranscribeRequest request,
        IServerStreamWriter<V1.TranscribeResponse> responseStream,
        ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        V1.Media[] media = request.Media is { } medium ? [medium] : [];
        var said = transcribe.RunAsync(
            MediaInputs.Read(media, "media"),
            item => request.ToRecognize().ToJob(requestId, item) with { Deadline = context.DeadlineIfAny() },
            context.CancellationToken);
        await foreach (var next in said)
        {
            await writer.WriteAsync(responseStream, new V1.TranscribeResponse { Event = next.ToProto() }, context.CancellationToken);
        }
    }

    public override async Task<V1.UploadResponse> Upload(IAsyncStreamReader<V1.UploadRequest> requestStream, ServerCallContext context)
    {
        var header = await uploads.ReadHeaderAsync(requestStream, context.CancellationToken);
        var chunks = uploads.ReadChunksAsync(requestStream, context.CancellationToken);
        var uploaded = await upload.RunAsync(header.ToDomain(), chunks, context.CancellationToken);
        return new V1.UploadResponse
        {
            Ref = uploaded.Reference.ToProto(),
            Modality = uploaded.Modality.ToProto(),
            MediaType = uploaded.MediaType,
            ExpiresAt = uploaded.ExpiresAt.ToTimestamp(),
        };
    }

    public override async Task<V1.EmbedResponse> Embed(V1.EmbedRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var items = MediaInputs.Read(request.Items, "items");
        var batch = request.Options.ToBatch(requestId) with { Deadline = context.DeadlineIfAny() };
        var embedded = await embed.RunAsync(items, batch, "items", context.CancellationToken, request.Dimensions, normalize: request.Options?.Normalize ?? false);
        return new V1.EmbedResponse
        {
            RequestId = requestId,
            Results = { embedded.Outcomes.Select(EncodeMapping.ToProto) },
            SpaceId = embedded.SpaceId,
            Models = { embedded.Models.Select(ModelMapping.ToProto) },
        };
    }

    public override async Task<V1.CompareResponse> Compare(V1.CompareRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var options = new V1.EncodeOptions { Model = request.Model, CachePolicy = request.CachePolicy };
        var comparison = await compare.RunAsync(
            MediaInputs.Read(request.Left, "left"),
            MediaInputs.Read(request.Right, "right"),
            options.ToBatch(requestId, path: "") with { Deadline = context.DeadlineIfAny() },
            context.CancellationToken);
        return new V1.CompareResponse
        {
            RequestId = requestId,
            Similarities = TensorMapping.ToProto(comparison.Similarities, comparison.Left, comparison.Right),
            SpaceId = comparison.SpaceId,
        };
    }

    public override async Task<V1.ClassifyResponse> Classify(V1.ClassifyRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var items = MediaInputs.Read(request.Items, "items");
        var classified = await classify.RunAsync(items, request.ToQuestion(requestId, context.DeadlineIfAny()), context.CancellationToken);
        return classified.ToProto(requestId);
    }

    public override async Task<V1.RerankResponse> Rerank(V1.RerankRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var options = new V1.EncodeOptions { Model = request.Model, CachePolicy = request.CachePolicy, Priority = request.Priority };
        var batch = options.ToBatch(requestId, path: "") with { Deadline = context.DeadlineIfAny() };
        return (await rerank.RunAsync(request.ToQuestion(), batch, context.CancellationToken)).ToProto(requestId);
    }

    public override async Task<V1.ExplainResponse> Explain(V1.ExplainRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var question = request.ToQuestion(requestId, context.DeadlineIfAny());
        var explained = await explain.RunAsync(MediaInputs.Read(request.Media ?? new V1.Media(), "media"), question, context.CancellationToken);
        return explained.ToProto(requestId);
    }

    public override Task Live(
        IAsyncStreamReader<V1.LiveRequest> requestStream, IServerStreamWriter<V1.LiveResponse> responseStream, ServerCallContext context) =>
        live.RunAsync(requestStream, responseStream, context);

    public override async Task<V1.StatusResponse> Status(V1.StatusRequest request, ServerCallContext context) =>
        (await status.RunAsync(context.CancellationToken)).ToProto();
}
