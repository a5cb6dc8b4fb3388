using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Balancing;

/// <summary>The circuits of all replicas of all services that this process calls.</summary>
internal sealed partial class PeerCircuits
{
    private readonly ConcurrentDictionary<(string Peer, string Host, int Port), PeerCircuit> _circuits = new();
    private readonly PeerCircuitOptions _options;
    private readonly ILogger<PeerCircuits> _logger;
    private readonly TimeProvider _time;
    private readonly Counter<long> _opened;

    public PeerCircuits(IOptions<PeerCircuitOptions> options, IMeterFactory meters, ILogger<PeerCircuits> logger, TimeProvider time)
    {
        (_options, _logger, _time) = (options.Value, logger, time);
        var meter = meters.Create("Sensorium");
        _opened = meter.CreateCounter<long>(
            "sensorium.peer.circuits.opened", "{replica}", "Times that a replica of another service was left out, by peer and reason (failures, silence).");
        meter.CreateObservableGauge("sensorium.peer.circuits.open", CountOpen, "{replica}", "Replicas of other services that are left out, by peer.");
    }

    public bool AreUsed => _options.Failures > 0;

    /// <summary>The same for the same replica of the same address, also after its connection was lost.</summary>
    public PeerCircuit Of(string peer, DnsEndPoint replica, Func<Task<PeerAnswer>> checkAsync) => _circuits.GetOrAdd(
        (peer, replica.Host, replica.Port),
        key => new PeerCircuit(_options, checkAsync, new Events(this, peer, $"{key.Host}:{key.Port}"), _time));

    /// <summary>Forgets all other replicas of an address: they are gone.</summary>
    public void Keep(string peer, IEnumerable<DnsEndPoint> replicas)
    {
        var kept = replicas.Select(replica => (peer, replica.Host, replica.Port)).ToHashSet();
        foreach (var key in _circuits.Keys.Where(key => key.Peer == peer && !kept.Contains(key)))
        {
            _circuits.TryRemove(key, out _);
        }
    }

    private IEnumerable<Measurement<long>> CountOpen() => _circuits
        .GroupBy(circuit => circuit.Key.Peer, circuit => circuit.Value)
        .Select(peer => new Measurement<long>(peer.Count(circuit => !circuit.IsClosed), new KeyValuePair<string, object?>("peer", peer.Key)));

    [LoggerMessage(5050, LogLevel.Warning, "Replica {Replica} of {Peer} is left out while others of it answer: {Reason}")]
    private partial void LogOpened(string replica, string peer, string reason);

    [LoggerMessage(5051, LogLevel.Information, "Replica {Replica} of {Peer} is used again")]
    private partial void LogClosed(string replica, string peer);

    private sealed class Events(PeerCircuits circuits, string peer, string replica) : IPeerCircuitEvents
    {
        public void Opened(string reason)
        {
            circuits._opened.Add(1, new("peer", peer), new("reason", reason));
            circuits.LogOpened(replica, peer, reason);
        }

        public void Closed() => circuits.LogClosed(replica, peer);
    }
}
