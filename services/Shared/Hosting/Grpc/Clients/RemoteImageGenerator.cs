using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>The making of pictures in another process. A stream that has begun is never tried again.</summary>
internal sealed class RemoteImageGenerator : IImageGenerator
{
    private readonly V1.ImageGenerationService.ImageGenerationServiceClient _client;
    private readonly PeerDescription<ServedModels<ImageModelDescription>> _description;
    private readonly PeerOptions _options;
    private readonly TimeProvider _time;

    public RemoteImageGenerator(PeerChannels channels, IOptions<PeerOptions> options, TimeProvider time, ModelChanges changes)
    {
        (_options, _time) = (options.Value, time);
        _client = new V1.ImageGenerationService.ImageGenerationServiceClient(channels.Get(_options.ImageGeneration));
        _description = new PeerDescription<ServedModels<ImageModelDescription>>(FetchDescriptionAsync, _options.DescriptionLifetime, time);
        changes.Subscribe(_description.Invalidate);
    }

    public ValueTask<ServedModels<ImageModelDescription>> DescribeAsync(CancellationToken cancellationToken) => _description.GetAsync(cancellationToken);

    public async IAsyncEnumerable<ImageEvent> GenerateAsync(ImageJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Disposing the call cancels it, which stops the work.
        using var call = _client.Draw(new V1.DrawRequest { Image = job.ToProto() }, TenantMetadata.Of(job.Tenant), job.Deadline?.UtcDateTime, cancellationToken);
        while (await call.ResponseStream.NextAsync(ImageHub.Service, _options.EncodeTimeout, _time, cancellationToken) is { } response)
        {
            yield return response.Event.ToDomain();
        }
    }

    private async Task<ServedModels<ImageModelDescription>> FetchDescriptionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deadline = (_time.GetUtcNow() + _options.DescribeTimeout).UtcDateTime;
            var response = await _client.DescribeImageModelsAsync(new V1.DescribeImageModelsRequest(), deadline: deadline, cancellationToken: cancellationToken);
            return response.ToDomain();
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, ImageHub.Service, cancellationToken);
        }
    }
}
