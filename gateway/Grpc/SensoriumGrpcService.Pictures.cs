using Grpc.Core;
using Sensorium.Gateway.Intake;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Gateway.Grpc;

internal sealed partial class SensoriumGrpcService
{
    public override async Task GenerateImage(
        V1.GenerateImageRequest request,
        IServerStreamWriter<V1.GenerateImageResponse> responseStream,
        ServerCallContext context)
    {
        var job = request.ToJob(RequestIds.OrNew(request.RequestId), start: null) with { Deadline = context.DeadlineIfAny() };
        var start = request.Start is { } medium ? (MediaInput[])[MediaInputs.Read(medium, "start")] : [];
        await foreach (var made in image.RunAsync(job, start, "start", context.CancellationToken))
        {
            await writer.WriteAsync(responseStream, new V1.GenerateImageResponse { Event = made.ToProto() }, context.CancellationToken);
        }
    }

    public override async Task GenerateVideo(
        V1.GenerateVideoRequest request,
        IServerStreamWriter<V1.GenerateVideoResponse> responseStream,
        ServerCallContext context)
    {
        var asked = request.ToDomain(RequestIds.OrNew(request.RequestId), context.DeadlineIfAny());
        var sound = request.Sound is { } medium ? (MediaInput[])[MediaInputs.Read(medium, "sound")] : [];
        await foreach (var made in video.RunAsync(asked, sound, context.CancellationToken))
        {
            await writer.WriteAsync(responseStream, made.ToProto(), context.CancellationToken);
        }
    }
}
