using System.Runtime.CompilerServices;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>The models of another process.</summary>
internal sealed class RemoteModels(string service, string address, PeerChannels channels, IOptions<PeerOptions> options, TimeProvider time) : IModelHost
{
    private readonly V1.ModelService.ModelServiceClient _client = new(channels.Get(address));
    private readonly string _authority = new Uri(address).Authority;

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
