using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Tensors;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Bare graphs in the process of generation.</summary>
internal sealed class RemoteGraphs : IGraphInference
{
    private const string Service = "generation";

    private readonly V1.TensorService.TensorServiceClient _client;
    private readonly PeerDescription<ServedModels<GraphDescription>> _description;
    private readonly PeerOptions _options;
    private readonly TimeProvider _time;

    public RemoteGraphs(PeerChannels channels, IOptions<PeerOptions> options, TimeProvider time, ModelChanges changes)
    {
        (_options, _time) = (options.Value, time);
        _client = new V1.TensorService.TensorServiceClient(channels.Get(_options.Generation));
        _description = new PeerDescription<ServedModels<GraphDescription>>(FetchDescriptionAsync, _options.DescriptionLifetime, time);
        changes.Subscribe(_description.Invalidate);
    }

    public ValueTask<ServedModels<GraphDescription>> DescribeAsync(CancellationToken cancellationToken) => _description.GetAsync(cancellationToken);

    public async Task<InferResult> InferAsync(InferJob job, CancellationToken cancellationToken)
    {
        try
        {
            // A service that hangs must not hold a caller who did not say how long to wait for ever.
            var deadline = job.Deadline ?? _time.GetUtcNow() + _options.EncodeTimeout;
            var response = await _client.InferAsync(
                job.ToProto(), TenantMetadata.Of(job.Tenant), deadline.UtcDateTime, cancellationToken: cancellationToken);
            return response.ToDomain();
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, Service, cancellationToken);
        }
    }

    private async Task<ServedModels<GraphDescription>> FetchDescriptionAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deadline = (_time.GetUtcNow() + _options.DescribeTimeout).UtcDateTime;
            var response = await _client.DescribeGraphsAsync(new V1.DescribeGraphsRequest(), deadline: deadline, cancellationToken: cancellationToken);
            return response.ToDomain(Service);
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, Service, cancellationToken);
        }
    }
}
