using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>The models of all replicas of a service: what is loaded or unloaded is so in each of them, one after the other.</summary>
internal sealed class ReplicatedModels(string service, string address, PeerReplicas replicas, IOptions<PeerOptions> options, TimeProvider time) : IModelHost
{
    private static readonly ModelChanges NoOneListens = new();

    public async Task<IReadOnlyList<ModelOverview>> ListAsync(CancellationToken cancellationToken) =>
        await new JoinedModels(await HostsAsync(cancellationToken), NoOneListens).ListAsync(cancellationToken);

    public IAsyncEnumerable<ModelPartState> LoadAsync(string name, CancellationToken cancellationToken) =>
        EachAsync(host => host.LoadAsync(name, cancellationToken), cancellationToken);

    public IAsyncEnumerable<ModelPartState> UnloadAsync(string name, CancellationToken cancellationToken) =>
        EachAsync(host => host.UnloadAsync(name, cancellationToken), cancellationToken);

    /// <summary>One replica tells of all: they are of one image.</summary>
    public async Task<ModelCheck> CheckAsync(string name, CancellationToken cancellationToken) =>
        await (await HostsAsync(cancellationToken))[0].CheckAsync(name, cancellationToken);

    // A replica that does not answer is named, and the others do their part; only if none answers does the call fail.
    private async IAsyncEnumerable<ModelPartState> EachAsync(
        Func<IModelHost, IAsyncEnumerable<ModelPartState>> change, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (silent, answered) = (new List<(PeerReplica Replica, SensoriumException Error)>(), 0);
        foreach (var replica in await replicas.OfAsync(address, cancellationToken))
        {
            await using var states = change(HostOf(replica)).GetAsyncEnumerator(cancellationToken);
            while (await TryMoveAsync(states, error => silent.Add((replica, error))))
            {
                answered++;
                yield return states.Current;
            }
        }

        if (answered == 0 && silent.Count > 0)
        {
            throw silent[0].Error;
        }

        foreach (var (replica, error) in silent)
        {
            yield return new ModelPartState(service, ModelTask.Embed, ModelState.Failed, error.Message, null) { Address = replica.Authority };
        }
    }

    private static async Task<bool> TryMoveAsync(IAsyncEnumerator<ModelPartState> states, Action<SensoriumException> refused)
    {
        try
        {
            return await states.MoveNextAsync();
        }
        catch (SensoriumException error)
        {
            refused(error);
            return false;
        }
    }

    private async Task<IReadOnlyList<IModelHost>> HostsAsync(CancellationToken cancellationToken) =>
        [.. (await replicas.OfAsync(address, cancellationToken)).Select(HostOf)];

    private RemoteModels HostOf(PeerReplica replica) => new(service, replica, options, time);
}
