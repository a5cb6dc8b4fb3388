using System.Net;
using Grpc.Core;
using Grpc.Health.V1;
using HealthClient = Grpc.Health.V1.Health.HealthClient;

namespace Sensorium.Hosting.Grpc.Balancing;

/// <summary>The circuits of the replicas behind one address.</summary>
/// <param name="circuits">Of all addresses.</param>
/// <param name="peer">As "host:port".</param>
/// <param name="callsTo">Calls to one replica alone.</param>
/// <param name="deadline">When a question for its health that is asked now ends.</param>
internal sealed class ReplicaCircuits(PeerCircuits circuits, string peer, Func<DnsEndPoint, CallInvoker> callsTo, Func<DateTime> deadline) : IReplicaCircuits
{
    public PeerCircuit Of(DnsEndPoint replica) => circuits.Of(peer, replica, () => CheckAsync(replica));

    public void Keep(IEnumerable<DnsEndPoint> replicas) => circuits.Keep(peer, replicas);

    private async Task<PeerAnswer> CheckAsync(DnsEndPoint replica)
    {
        try
        {
            var response = await new HealthClient(callsTo(replica)).CheckAsync(new HealthCheckRequest(), deadline: deadline());
            return response.Status == HealthCheckResponse.Types.ServingStatus.Serving ? PeerAnswer.Serves : PeerAnswer.ServesNot;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unimplemented or StatusCode.Unauthenticated)
        {
            // An encoder of somebody else's that has no such service; or one that answers, and refuses all calls alike.
            return PeerAnswer.Serves;
        }
        catch (Exception)
        {
            return PeerAnswer.None;
        }
    }
}
