using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Captioning;
using Sensorium.Gateway.Embedding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Status;
using Sensorium.Gateway.Uploads;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;
using Sensorium.Media.Sniffing;

namespace Sensorium.Gateway.Grpc;

/// <summary>The public API.</summary>
internal sealed class SensoriumGrpcService(
    MediaIntake intake,
    Captioner captioner,
    BoundedWriter writer,
    Embedder embedder,
    Comparer comparer,
    UploadReceiver uploads,
    IMediaResolver resolver,
    IMediaSniffer sniffer,
    StatusCollector status,
    ServedAddress self) : V1.SensoriumService.SensoriumServiceBase
{
    public override async Task Caption(
        V1.CaptionRequest request,
        IServerStreamWriter<V1.CaptionResponse> responseStream,
        ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        await using var media = await intake.ReceiveAsync(request.Media, "media", context.CancellationToken);
        var job = request.ToJob(requestId, [.. media.Good.Select(medium => medium.Item!)]) with { Deadline = context.DeadlineIfAny() };
        long sequence = 0;
        await foreach (var caption in captioner.CaptionAsync(media, job, context.CancellationToken))
        {
            var response = new V1.CaptionResponse { Event = caption.ToProto(requestId, sequence++) };
            await writer.WriteAsync(responseStream, response, context.CancellationToken);
        }
    }

    public override async Task<V1.UploadResponse> Upload(IAsyncStreamReader<V1.UploadRequest> requestStream, ServerCallContext context)
    {
        var (header, stored) = await uploads.ReceiveAsync(requestStream, context.CancellationToken);
        var reference = new ReferenceSource(stored.Sha256, self.Value, stored.SizeBytes);
        await using var content = await resolver.ResolveAsync(reference with { Holder = null }, context.CancellationToken);
        var announced = header.MediaType.Length == 0 ? null : header.MediaType;
        var sniffed = await sniffer.SniffAsync(content, null, announced, context.CancellationToken);
        return new V1.UploadResponse
        {
            Ref = reference.ToProto(),
            Modality = sniffed.Modality.ToProto(),
            MediaType = sniffed.MediaType,
            ExpiresAt = stored.ExpiresAt.ToTimestamp(),
        };
    }

    public override async Task<V1.EmbedResponse> Embed(V1.EmbedRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        await using var media = await intake.ReceiveAsync(request.Items, "items", context.CancellationToken);
        var batch = request.Options.ToBatch(requestId, []) with { Deadline = context.DeadlineIfAny() };
        var outcomes = await embedder.EmbedAsync(media.Media, batch, context.CancellationToken);
        var models = outcomes.Select(outcome => outcome.Encoded?.Model).OfType<Core.Encoding.ModelIdentity>().Distinct().ToArray();
        return new V1.EmbedResponse
        {
            RequestId = requestId,
            Results = { outcomes.Select(EncodeMapping.ToProto) },
            SpaceId = models.FirstOrDefault()?.SpaceId ?? "",
            Models = { models.Select(ModelMapping.ToProto) },
        };
    }

    public override async Task<V1.CompareResponse> Compare(V1.CompareRequest request, ServerCallContext context)
    {
        var requestId = RequestIds.OrNew(request.RequestId);
        await using var left = await intake.ReceiveAsync(request.Left, "left", context.CancellationToken);
        await using var right = await intake.ReceiveAsync(request.Right, "right", context.CancellationToken);
        var options = new V1.EncodeOptions { Model = request.Model, CachePolicy = request.CachePolicy };
        var batch = options.ToBatch(requestId, []) with { Deadline = context.DeadlineIfAny() };
        var comparison = await comparer.CompareAsync(left, right, batch, context.CancellationToken);
        return new V1.CompareResponse
        {
            RequestId = requestId,
            Similarities = TensorMapping.ToProto(comparison.Similarities, left.Media.Count, right.Media.Count),
            SpaceId = comparison.SpaceId,
        };
    }

    public override Task<V1.StatusResponse> Status(V1.StatusRequest request, ServerCallContext context) =>
        status.CollectAsync(context.CancellationToken);
}
