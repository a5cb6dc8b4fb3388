using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Generation;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Generation in another process. A stream that has begun is never tried again.</summary>
internal sealed class RemoteCaptionGenerator : ICaptionGenerator
{
    private const string Service = "generation";
    private readonly V1.GenerationService.GenerationServiceClient _client;
    private readonly PeerDescription<GenerationDescription> _description;
    private readonly PeerOptions _options;
    private readonly TimeProvider _time;

    public RemoteCaptionGenerator(PeerChannels channels, IOptions<PeerOptions> options, TimeProvider time, ModelChanges changes)
    {
        (_options, _time) = (options.Value, time);
        _client = new V1.GenerationService.GenerationServiceClient(channels.Get(_options.Generation));
        _description = new PeerDescription<GenerationDescription>(FetchDescriptionAsync, _options.DescriptionLifetime, time);
        changes.Subscribe(_description.Invalidate);
    }

    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) => _description.GetAsync(cancellationToken);

    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(
        CaptionJob job,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Disposing the call cancels it, which stops the decoding.
        using var call = _client.Generate(
            job.ToProto(), TenantMetadata.Of(job.Tenant), job.Deadline?.UtcDateTime, cancellationToken);
        while (await call.ResponseStream.NextAsync(Service, _options.EncodeTimeout, _time, cancellationToken) is { } response)
        {
            yield return response.Event.ToDomain();
        }
    }

    private async Task<GenerationDescription> FetchDescriptionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deadline = (_time.GetUtcNow() + _options.DescribeTimeout).UtcDateTime;
            var response = await _client.DescribeGenerationAsync(
                new V1.DescribeGenerationRequest(), deadline: deadline, cancellationToken: cancellationToken);
            return response.ToDomain();
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, Service, cancellationToken);
        }
    }
}
