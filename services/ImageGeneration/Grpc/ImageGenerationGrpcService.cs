using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Diffusion;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Settings;

namespace Sensorium.ImageGeneration.Grpc;

/// <summary>Serves the making of pictures over sensorium.v1.ImageGenerationService.</summary>
internal sealed class ImageGenerationGrpcService(IImageGenerator generator, BoundedWriter writer, IOptions<HostingOptions> options)
    : V1.ImageGenerationService.ImageGenerationServiceBase
{
    public override async Task Draw(V1.DrawRequest request, IServerStreamWriter<V1.DrawResponse> responseStream, ServerCallContext context)
    {
        var image = request.Image ?? new V1.GenerateImageRequest();
        if (image.Start is { } medium)
        {
            MediaValidator.Validate(medium, "start", options.Value.MaxInlineBytes);
        }

        var job = image.ToJob(RequestIds.OrNew(image.RequestId), image.Start?.ToDomain("start")) with { Deadline = context.DeadlineIfAny() };
        await foreach (var made in generator.GenerateAsync(job, context.CancellationToken))
        {
            await writer.WriteAsync(responseStream, new V1.DrawResponse { Event = made.ToProto() }, context.CancellationToken);
        }
    }

    public override async Task<V1.DescribeImageModelsResponse> DescribeImageModels(V1.DescribeImageModelsRequest request, ServerCallContext context) =>
        (await generator.DescribeAsync(context.CancellationToken)).ToProto();
}
