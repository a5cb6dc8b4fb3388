using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Settings;

namespace Sensorium.Generation.Grpc;

/// <summary>Serves generation over sensorium.v1.GenerationService.</summary>
internal sealed class GenerationGrpcService(ICaptionGenerator generator, ITranscriber transcriber, BoundedWriter writer, IOptions<HostingOptions> options)
    : V1.GenerationService.GenerationServiceBase
{
    public override async Task Generate(
        V1.GenerateRequest request,
        IServerStreamWriter<V1.GenerateResponse> responseStream,
        ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        var job = request.ToJob(requestId, ReadMedia(request)) with { Deadline = context.DeadlineIfAny(), Messages = request.Messages.ToDomain("messages") };
        long sequence = 0;
        await foreach (var caption in generator.GenerateAsync(job, context.CancellationToken))
        {
            var response = new V1.GenerateResponse { Event = caption.ToProto(requestId, sequence++) };
            await writer.WriteAsync(responseStream, response, context.CancellationToken);
        }
    }

    public override async Task Recognize(
        V1.RecognizeRequest request,
        IServerStreamWriter<V1.RecognizeResponse> responseStream,
        ServerCallContext context)
    {
        var medium = request.Media ?? new V1.Media();
        MediaValidator.Validate(medium, "media", options.Value.MaxInlineBytes);
        var item = medium.ToDomain(ItemIds.Assign([medium.ItemId], "media", 1)[0]);
        var job = request.ToJob(RequestIds.OrNew(request.RequestId), item) with { Deadline = context.DeadlineIfAny() };
        await foreach (var said in transcriber.TranscribeAsync(job, context.CancellationToken))
        {
            await writer.WriteAsync(responseStream, new V1.RecognizeResponse { Event = said.ToProto() }, context.CancellationToken);
        }
    }

    public override async Task<V1.DescribeGenerationResponse> DescribeGeneration(
        V1.DescribeGenerationRequest request,
        ServerCallContext context) => (await generator.DescribeAsync(context.CancellationToken)).ToProto();

    private MediaItem[] ReadMedia(V1.GenerateRequest request)
    {
        var field = request.Messages.Count == 0 ? "media" : "messages";
        V1.Media[] media = [.. request.Messages.Count == 0 ? request.Media : ChatMapping.MediaOf(request.Messages)];
        if (media.Length == 0 && request.Messages.Count > 0)
        {
            return [];
        }

        var ids = ItemIds.Assign([.. media.Select(medium => medium.ItemId)], field, options.Value.MaxItems);
        for (var i = 0; i < ids.Length; i++)
        {
            MediaValidator.Validate(media[i], $"{field}[{i}]", options.Value.MaxInlineBytes);
        }

        return [.. media.Zip(ids, MediaMapping.ToDomain)];
    }
}
