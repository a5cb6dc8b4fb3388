using Sensorium.Core.Encoding;
using Sensorium.Hosting.Grpc.Clients;

namespace Sensorium.Hosting.Grpc.Health;

/// <summary>
/// A service in another process. A new host waits for it, but not for ever: one that is down for long, or goes down later, must
/// not take every host away that could still serve the rest.
/// </summary>
internal sealed class PeerReadiness(string name, string address, PeerHealth health, TimeSpan patience, TimeProvider time) : IModelReadiness
{
    private readonly long _start = time.GetTimestamp();
    private volatile bool _hasAnswered;

    public string Name => name;

    public bool IsRequired => !_hasAnswered && time.GetElapsedTime(_start) < patience;

    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        var problem = await health.CheckAsync(address, cancellationToken);
        _hasAnswered |= problem is null;
        return problem;
    }
}
