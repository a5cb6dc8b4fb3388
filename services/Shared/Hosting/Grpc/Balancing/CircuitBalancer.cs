using System.Net;
using Grpc.Net.Client.Balancer;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.Logging;

namespace Sensorium.Hosting.Grpc.Balancing;

/// <summary>Gives calls to all connected replicas in turn, but for those whose circuit is open; if all are, to all.</summary>
internal sealed class CircuitBalancer(IChannelControlHelper controller, ILoggerFactory loggers, IReplicaCircuits circuits)
    : SubchannelsLoadBalancer(controller, loggers)
{
    public override void UpdateChannelState(ChannelState state)
    {
        base.UpdateChannelState(state);
        if (state.Addresses is { Count: > 0 } addresses)
        {
            circuits.Keep(addresses.Select(address => address.EndPoint));
        }
    }

    protected override SubchannelPicker CreatePicker(IReadOnlyList<Subchannel> readySubchannels) =>
        new Picker([.. readySubchannels.Select(subchannel => new Replica(subchannel, circuits.Of(subchannel.CurrentAddress!.EndPoint)))]);

    private sealed record Replica(Subchannel Subchannel, PeerCircuit Circuit);

    private sealed class Picker(Replica[] replicas) : SubchannelPicker
    {
        private int _next = Random.Shared.Next(replicas.Length);

        public override PickResult Pick(PickContext context)
        {
            var first = (uint)Interlocked.Increment(ref _next);
            if (replicas.Length == 1)
            {
                // There is nobody to take its calls.
                return PickResult.ForSubchannel(replicas[0].Subchannel);
            }

            // One a call: each has its turn, and a thousand replicas cost a call no more than two.
            replicas[first % replicas.Length].Circuit.Consider();
            for (var i = 0u; i < replicas.Length; i++)
            {
                var replica = replicas[(first + i) % replicas.Length];
                if (replica.Circuit.IsClosed)
                {
                    return Give(replica);
                }
            }

            return Give(replicas[first % replicas.Length]);
        }

        private static PickResult Give(Replica replica) => PickResult.ForSubchannel(replica.Subchannel, new Tracker(replica.Circuit));
    }

    private sealed class Tracker(PeerCircuit circuit) : ISubchannelCallTracker
    {
        private PeerCall _call;

        public void Start() => _call = circuit.Begin();

        public void Complete(CompletionContext context)
        {
            switch (context.Error)
            {
                case null:
                    circuit.Answered();
                    break;
                case OperationCanceledException:
                    circuit.GivenUp(_call);
                    break;
                default:
                    circuit.Broke();
                    break;
            }
        }
    }
}

/// <summary>Makes <see cref="CircuitBalancer"/>s for a channel.</summary>
internal sealed class CircuitBalancerFactory(IReplicaCircuits circuits) : LoadBalancerFactory
{
    public const string Policy = "sensorium_circuit";

    public static LoadBalancingConfig Config => new(Policy);

    public override string Name => Policy;

    public override LoadBalancer Create(LoadBalancerOptions options) => new CircuitBalancer(options.Controller, options.LoggerFactory, circuits);
}

/// <summary>Of one channel.</summary>
internal interface IReplicaCircuits
{
    PeerCircuit Of(DnsEndPoint replica);

    /// <summary>Forgets all others.</summary>
    void Keep(IEnumerable<DnsEndPoint> replicas);
}
