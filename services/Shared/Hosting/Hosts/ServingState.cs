using Sensorium.Hosting.Grpc.Health;

namespace Sensorium.Hosting.Hosts;

/// <summary>Whether this host serves, as its health says.</summary>
public sealed class ServingState
{
    private readonly ReadinessMonitor _monitor;

    internal ServingState(ReadinessMonitor monitor) => _monitor = monitor;

    public bool IsReady => _monitor.IsReady;
}
