using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>The models of one other process.</summary>
/// <param name="service">What it serves, as "vision".</param>
/// <param name="replica">Where it is.</param>
/// <param name="options">How long it may take to answer.</param>
/// <param name="time">Of the deadlines.</param>
internal sealed class RemoteModels(string service, PeerReplica replica, IOptions<PeerOptions> options, TimeProvider time) : IModelHost
{
    private readonly V1.ModelService.ModelServiceClient _client = new(replica.Calls);
    private readonly string _authority = replica.Authority;

    public async Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken)
    {
        try
        {
            var deadline = (time.GetUtcNow() + options.Value.DescribeTimeout).UtcDateTime;
            var response = await _client.ListAsync(new V1.ModelServiceListRequest(), deadline: deadline, cancellationToken: cancellationToken);
            return [.. response.Models.Select(model => model.ToDomain(_authority))];
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, service, cancellationToken);
        }
    }

    public async IAsyncEnumerable<ModelPartState> LoadAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = _client.Load(new V1.ModelServiceLoadRequest { Id = name }, cancellationToken: cancellationToken);
        while (await call.ResponseStream.NextAsync(service, cancellationToken) is { } response)
        {
            yield return response.Part.ToDomain(_authority);
        }
    }

    public async IAsyncEnumerable<ModelPartState> UnloadAsync(string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var call = _client.Unload(new V1.ModelServiceUnloadRequest { Id = name }, cancellationToken: cancellationToken);
        while (await call.ResponseStream.NextAsync(service, cancellationToken) is { } response)
        {
            yield return response.Part.ToDomain(_authority);
        }
    }

    public async Task<ModelCheck> CheckAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var response = await _client.CheckAsync(new V1.ModelServiceCheckRequest { Id = name }, cancellationToken: cancellationToken);
            return response.ToDomain(_authority);
        }
        catch (RpcException exception)
        {
            throw PeerErrors.Translate(exception, service, cancellationToken);
        }
    }
}
